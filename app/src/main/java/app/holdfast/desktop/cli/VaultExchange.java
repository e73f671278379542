package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultTaking;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Option;

/// Both sides of synchronizing a vault with another device. The vault is opened where the library is open, so its
/// password goes to the running instance if there is one, over the socket that only this user can reach.
final class VaultExchange {

    /// Less is here before anyone reads how far it is.
    private static final long WORTH_TELLING_BYTES = 4 << 20;
    private static final int STEPS = 10;

    @Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
            converter = ListenAddress.class, description = "${bundle:option.bind}")
    private InetSocketAddress bind = new InetSocketAddress(0);

    /// Of what was done to the vault; added to by the core's threads.
    private final Queue<CompletionStage<Long>> notes = new ConcurrentLinkedQueue<>();

    /// Takes what the vault lacks.
    int sync(Invocation invocation, String file, String with, VaultChoice choice, VaultOptions options)
            throws CoreException, CliException {
        choice.needsSomeone(invocation);
        invocation.session().endInOrder();
        Library library = invocation.session().library();
        DeviceRow device = Finding.device(library, with);
        try (OpenVault vault = open(invocation, file, options)) {
            Devices devices = invocation.session().devices(bind);
            invocation.tell(invocation.words().get("vault.sync.asking", device.name()));
            CompletableFuture<VaultTaking> asking = devices.vaults().ask(vault, device.id()).toCompletableFuture();
            try (VaultTaking taking = waited(asking)) {
                VaultMerge.Preview seen = taking.preview(choice.merge());
                boolean writes = choice.agrees(invocation, seen);
                if (!choice.isOnlyPreview()) {
                    var told = new AtomicLong();
                    Waiting.on(taking.take(seen, now -> tell(invocation, now, told)));
                }
                if (writes) {
                    vault.save();
                }
                awaitNotes(invocation);
                invocation.answer(VaultShapes.synced(file, device, seen, writes),
                        () -> new VaultProse(invocation.words()).imported(seen, writes));
            }
        }
        return 0;
    }

    /// A taking that comes when nobody waits for it any more is closed by the core.
    private static VaultTaking waited(CompletableFuture<VaultTaking> asking) throws CoreException, CliException {
        try {
            return Waiting.on(asking);
        } finally {
            asking.cancel(false);
        }
    }

    private static void tell(Invocation invocation, VaultTaking.Progress now, AtomicLong told) {
        long step = now.all() < WORTH_TELLING_BYTES ? 0 : now.received() * STEPS / now.all();
        if (step > told.getAndSet(step)) {
            invocation.tell(invocation.words().get("vault.sync.progress", step * 100 / STEPS, now.all() >> 20));
        }
    }

    /// Lets a device take from the vault, once.
    int offer(Invocation invocation, String file, Offering offering, VaultOptions options)
            throws CoreException, CliException {
        invocation.session().endInOrder();
        Library library = invocation.session().library();
        DeviceRow device = Finding.device(library, offering.to);
        var moments = new ArrayBlockingQueue<CoreEvent.VaultGiven>(1);
        try (OpenVault vault = open(invocation, file, options)) {
            Devices devices = invocation.session().devices(bind);
            try (Subscription _ = library.listen(event -> {
                        if (event instanceof CoreEvent.VaultGiven given && given.device().equals(device.id())) {
                            moments.offer(given);
                        }
                    });
                    Subscription _ = devices.vaults().offer(vault, device.id(), Set.copyOf(offering.clients))) {
                invocation.tell(invocation.words().get("vault.offer.stands", device.name()));
                CoreEvent.VaultGiven given = next(moments, Duration.ofMinutes(offering.minutes))
                        .orElseThrow(() -> new CliException("offer_expired", "the other device took nothing within "
                                + offering.minutes + " minutes"));
                awaitNotes(invocation);
                invocation.answer(VaultShapes.given(file, device, given.records()),
                        () -> new Prose(invocation.words()).line("vault.offer.given", device.name(), given.records()));
            }
        }
        return 0;
    }

    /// To whom, what of it, and how long.
    static final class Offering {

        @Option(names = "--to", paramLabel = "DEVICE", required = true, description = "${bundle:vault.offer.to}")
        private String to = "";

        @Option(names = "--client", paramLabel = "ID", description = "${bundle:vault.import.client}")
        private List<String> clients = List.of();

        @Option(names = "--valid", paramLabel = "MINUTES", defaultValue = "10", converter = Range.Minutes.class,
                description = "${bundle:vault.offer.valid}")
        private int minutes;
    }

    private static Optional<CoreEvent.VaultGiven> next(ArrayBlockingQueue<CoreEvent.VaultGiven> moments, Duration time)
            throws CliException {
        try {
            return Optional.ofNullable(moments.poll(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw Waiting.interrupted();
        }
    }

    private OpenVault open(Invocation invocation, String file, VaultOptions options)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        byte[] password = options.passwords(invocation).next(invocation.words().get("vault.prompt", file),
                options.passwordFile(invocation));
        try {
            return Holdfast.vaults((path, deed) -> notes.add(library.submit(new Command.NoteVault(path, deed))))
                    .open(invocation.path(file), password, options.opening(invocation));
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /// Until the library's list says what was done. That it cannot changes nothing of that.
    private void awaitNotes(Invocation invocation) throws CliException {
        for (CompletionStage<Long> note : notes) {
            try {
                Waiting.on(note);
            } catch (CoreException e) {
                invocation.tell(invocation.words().get("vault.unlisted", String.valueOf(e.getMessage())));
            }
        }
    }
}
