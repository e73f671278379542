package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.Subscription;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Both sides of pairing, at a terminal or in a script.
final class Pairing {

    /// Moments that wait to be looked at; further ones are passed over, as the port allows.
    private static final int MOMENTS_MAX = 64;
    /// What counts as a yes, in the languages there are.
    private static final Set<String> YES = Set.of("y", "yes", "j", "ja");

    private final Invocation invocation;

    Pairing(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Prints a ticket; stays until it was used when nobody else would be there to let its holder in: in a process of
    /// our own, or when a person has to compare digits and the instance has no window.
    int invite(boolean accept, Duration valid, InetSocketAddress bind) throws CoreException, CliException {
        Session.Host host = invocation.session().host();
        boolean asks = !accept && host != Session.Host.WINDOW;
        if (asks && !invocation.terminal().interactive()) {
            throw noTerminal("without --accept someone has to compare six digits");
        }
        Library library = invocation.session().library();
        Devices devices = invocation.session().devices(bind);
        var moments = new ArrayBlockingQueue<CoreEvent>(MOMENTS_MAX);
        try (Subscription _ = library.listen(moments::offer)) {
            Devices.Invitation invitation = Waiting.on(devices.invite(accept, valid));
            invocation.answer(Shapes.invitation(invitation), () -> invitation.ticket() + "\n");
            if (asks || host == Session.Host.COMMAND) {
                stay(devices, moments, valid);
            }
        }
        return 0;
    }

    int join(String ticket, boolean yes, InetSocketAddress bind) throws CoreException, CliException {
        if (!yes && !invocation.terminal().interactive()) {
            throw noTerminal("without --yes someone has to compare six digits");
        }
        Devices devices = invocation.session().devices(bind);
        Devices.Joined joined = Waiting.on(devices.join(ticket,
                (name, digits) -> yes || agrees("pairing.join", name, digits)));
        invocation.answer(Shapes.joined(joined), () -> new Prose(invocation.words()).line("pairing.joined",
                joined.deviceName(), joined.libraryName()));
        return 0;
    }

    private void stay(Devices devices, BlockingQueue<CoreEvent> moments, Duration valid) throws CliException {
        long deadline = System.nanoTime() + valid.toNanos();
        while (true) {
            switch (next(moments, deadline).orElse(null)) {
                case null -> throw new CliException("invitation_expired", "nobody used the ticket in time");
                case CoreEvent.DeviceJoined joined -> {
                    invocation.tell(invocation.words().get("pairing.used", joined.name()));
                    return;
                }
                case CoreEvent.PairingAsked asked ->
                    devices.answer(asked.device(), agrees("pairing.asked", asked.name(), asked.digits()));
                case CoreEvent _ -> { }
            }
        }
    }

    private static Optional<CoreEvent> next(BlockingQueue<CoreEvent> moments, long deadline) throws CliException {
        try {
            return Optional.ofNullable(moments.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw Waiting.interrupted();
        }
    }

    private boolean agrees(String question, String name, String digits) {
        String asked = TextTable.printable(invocation.words().get(question, name, digits)) + " ";
        return invocation.terminal().ask(asked).map(line -> line.strip().toLowerCase(Locale.ROOT))
                .filter(YES::contains).isPresent();
    }

    private static CliException noTerminal(String why) {
        return new CliException("no_terminal", why + ", and there is no terminal here to ask at");
    }
}
