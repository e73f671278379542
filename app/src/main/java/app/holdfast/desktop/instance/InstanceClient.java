package app.holdfast.desktop.instance;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The caller's side: hands a command to the instance that has the data directory open, and shows what it says.
/// Blocks its thread until the command has ended. Logs nothing, because starting the log takes longer than a command.
public final class InstanceClient {

    private final SocketPlace place;

    /// @param environment of this process
    public InstanceClient(Path data, Map<String, String> environment) {
        place = new SocketPlace(data, environment);
    }

    /// Has the running instance carry the command out.
    ///
    /// @return its exit status; empty when no instance runs, nothing was done then
    public OptionalInt run(Request request, Terminal terminal) throws InstanceFailure {
        Optional<SocketChannel> connected = connect();
        if (connected.isEmpty()) {
            return OptionalInt.empty();
        }
        try (SocketChannel channel = connected.get()) {
            return OptionalInt.of(converse(new Frames(channel), request, terminal));
        } catch (MalformedMessage e) {
            throw new InstanceFailure("bad_answer", "the running Holdfast cannot be understood: " + e.getMessage());
        } catch (IOException e) {
            throw new InstanceFailure("instance_ended", "the running Holdfast ended before the command did");
        }
    }

    /// A socket without anyone behind it, left by an instance that was killed, counts as none.
    private Optional<SocketChannel> connect() {
        try {
            Optional<Path> socket = place.find();
            return socket.isEmpty() ? Optional.empty()
                    : Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(socket.get())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int converse(Frames frames, Request request, Terminal terminal)
            throws IOException, MalformedMessage, InstanceFailure {
        boolean heard = say(frames, new Message.Run(request));
        while (true) {
            Message message = frames.read().orElseThrow(() -> new EOFException(
                    heard ? "no exit status" : "hung up without a reason"));
            switch (message) {
                case Message.Output output -> show(output.text(), terminal.out());
                case Message.Complaint complaint -> show(complaint.text(), terminal.err());
                case Message.Question question -> frames.write(new Message.Answer(terminal.ask(question.text())));
                case Message.SecretQuestion question -> frames.write(terminal
                        .secret(question.text(), question.fromInput()).map(secret -> new Message.Secret(secret, true))
                        .orElseGet(() -> new Message.Secret(new byte[0], false)));
                case Message.Refused refused -> throw new InstanceFailure(refused.code(), refused.reason());
                case Message.Ended ended -> {
                    return ended.status();
                }
                case Message.Run _, Message.Answer _, Message.Secret _ -> throw new MalformedMessage("a caller's message", 0);
            }
        }
    }

    /// An instance that hangs up without listening has said why before, which is still to be read.
    private static boolean say(Frames frames, Message message) throws MalformedMessage {
        try {
            frames.write(message);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// @throws IOException when the reader of our output is gone (`| head`): leaving ends the command as well
    private static void show(String text, PrintWriter where) throws IOException {
        where.write(text);
        if (where.checkError()) {
            throw new IOException("the output cannot be written");
        }
    }
}
