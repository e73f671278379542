package app.holdfast.desktop.cli;

import app.holdfast.desktop.fake.FakeDevices;
import app.holdfast.desktop.fake.FakeLibrary;
import app.holdfast.desktop.instance.Request;
import app.holdfast.desktop.instance.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Someone who types commands at a fake library and reads what comes back.
final class Typing {

    final FakeLibrary library = new FakeLibrary();
    final FakeDevices devices = new FakeDevices(library, Runnable::run);
    final List<String> questions = new ArrayList<>();
    /// What is typed in answer to questions; none: there is no terminal.
    final Queue<String> answers = new ArrayDeque<>();
    Session.Host host = Session.Host.HEADLESS;
    String language = "en";
    Path directory = Path.of("/home/ada");
    int shown;
    private int made;

    /// @param out what went to standard output
    record Said(int status, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        String errorCode() {
            return json().get("error").get("code").asString();
        }

        String errorMessage() {
            return json().get("error").get("message").asString();
        }
    }

    Said json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return type(true, all);
    }

    Said text(String... words) {
        return type(false, List.of(words));
    }

    private Said type(boolean json, List<String> words) {
        var out = new StringWriter();
        var err = new StringWriter();
        boolean interactive = !answers.isEmpty();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), interactive, new Answers());
        var open = new OpenLibrary(Path.of("/data"), library, devices, () -> new UUID(0x7FFF, ++made), _ -> shown++);
        var request = new Request(words, directory.toString(), json, interactive, language);
        try (var session = Session.borrowed(host, open)) {
            int status = CommandTree.execute(Invocation.of(request, terminal, session), words);
            return new Said(status, out.toString(), err.toString());
        }
    }

    /// Passwords come from the standard input of this process.
    private final class Answers implements Terminal.Questions {

        @Override
        public Optional<String> ask(String question) {
            questions.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<byte[]> secret(String question, boolean fromInput) {
            try {
                return fromInput ? Optional.of(Passwords.line(System.in)) : Optional.empty();
            } catch (CliException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
