package app.holdfast.core.library;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.VaultId;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.store.VaultFiles.StoredVault;
import app.holdfast.core.vault.VaultDoor;
import app.holdfast.core.volume.PathBytes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which files with vaults this device has, as all devices see it. Files are looked at from outside only. Any thread;
/// what asks disks runs on the executor for that, one look after the other, so that the newest is the one that stays.
final class VaultNotes {

    private static final Logger LOG = LoggerFactory.getLogger(VaultNotes.class);

    private final OpenLibrary library;
    private final Surroundings around;
    private final Vaults door;
    private final AtomicReference<CompletableFuture<?>> turns =
            new AtomicReference<>(CompletableFuture.completedFuture(true));

    VaultNotes(OpenLibrary library, Surroundings around) {
        this.library = library;
        this.around = around;
        this.door = new VaultDoor(around.time(), around.random());
    }

    /// A file as it was found.
    private record Seen(byte[] path, int version, long size, long modified) {

        StoredVault in(StoredVault before) {
            return before.seen(version, size, modified);
        }
    }

    private Seen look(Path file) throws CoreException {
        try {
            Path real = file.toRealPath();
            Vaults.Facts facts = door.look(real);
            byte[] path = PathBytes.of(real);
            if (path.length > Models.VAULT_PATH_BYTES_MAX) {
                throw new CoreException.Refused("the path of a vault has at most " + Models.VAULT_PATH_BYTES_MAX
                        + " bytes");
            }
            return new Seen(path, facts.version(), facts.size(), Files.getLastModifiedTime(real).toMillis());
        } catch (IOException e) {
            throw new CoreException.NotFound("vault", file.toString());
        }
    }

    CompletableFuture<Long> note(Command.NoteVault command) {
        return inTurn(() -> {
            try {
                Seen seen = look(command.file());
                return library.write(tx -> write(tx, seen, command.deed()));
            } catch (CoreException e) {
                LOG.info("a vault is not noted: {}", e.getMessage());
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /// Starts a look when the one before has been written.
    private CompletableFuture<Long> inTurn(Supplier<CompletableFuture<Long>> next) {
        CompletableFuture<Long> reply = new CompletableFuture<>();
        CompletableFuture<?> before = Objects.requireNonNull(turns.getAndSet(reply));
        var _ = before.handle((_, _) -> true).thenComposeAsync(_ -> next.get(), library.work())
                .whenComplete((revision, failure) -> {
                    if (failure == null) {
                        reply.complete(revision);
                    } else {
                        reply.completeExceptionally(failure);
                    }
                });
        return reply;
    }

    private void write(Transaction tx, Seen seen, Vaults.Deed deed) {
        StoredVault before = new StoredVault(library.self(), seen.path);
        StoredVault now = seen.in(tx.vaults().find(before.id()).orElse(before));
        long nowMillis = around.time().nowMillis();
        tx.vaults().put(tx, switch (deed) {
            case SEEN -> now;
            case VERIFIED -> now.verified(nowMillis);
            case SYNCED -> now.synced(nowMillis);
        });
    }

    CompletableFuture<Long> forget(VaultId id) {
        return library.write(tx -> {
            StoredVault vault = tx.vaults().find(id)
                    .orElseThrow(() -> new CoreException.NotFound("vault", id.toString()));
            if (!vault.device().equals(library.self())) {
                throw new CoreException.Refused("this vault lies on another device; take it off the list there");
            }
            tx.vaults().remove(tx, vault);
        });
    }

    /// Looks at the files of this device again, in the background: what was changed or taken away by others is told.
    void lookAgain() {
        Unawaited.run("looking at vaults", library.store().readers().ask(CatalogueReader::vaults)
                .thenAccept(all -> all.stream().filter(vault -> vault.device().equals(library.self()))
                        .forEach(vault -> Unawaited.run("looking at a vault", inTurn(() -> lookAgain(vault))))));
    }

    private CompletableFuture<Long> lookAgain(StoredVault known) {
        UnaryOperator<StoredVault> seen = path(known).map(this::again).orElse(UnaryOperator.identity());
        return library.write(tx -> {
            Optional<StoredVault> now = tx.vaults().find(known.id());
            if (now.isPresent()) {
                tx.vaults().put(tx, seen.apply(now.get()));
            }
        });
    }

    /// What is to be said of a file now; nothing new when it cannot be told.
    private UnaryOperator<StoredVault> again(Path file) {
        try {
            return isThere(file) ? look(file)::in : vault -> vault.missing(around.time().nowMillis());
        } catch (CoreException.NoVault e) {
            return vault -> vault.missing(around.time().nowMillis());
        } catch (CoreException e) {
            LOG.info("a vault cannot be looked at: {}", e.getMessage());
            return UnaryOperator.identity();
        }
    }

    static boolean isThere(Path file) {
        return Files.isRegularFile(file);
    }

    /// Where the file is on this device, whose it is.
    static Optional<Path> path(StoredVault vault) {
        if (File.separatorChar == '/') {
            return PathBytes.below(Path.of("/"), vault.path());
        }
        try {
            return Optional.of(Path.of(PathBytes.shown(vault.path())));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
