package app.holdfast.core.library;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.exchange.ExchangeException;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.exchange.ExchangeMessage.Done;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Refused;
import app.holdfast.core.exchange.Taking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One exchange on the side that takes: dials, says what [Taking] has to say, dials again when a link breaks. Any
/// thread; what waits runs as a task of the library's.
final class VaultAsking implements VaultTaking {

    private static final Logger LOG = LoggerFactory.getLogger(VaultAsking.class);

    /// A person at the other side, and the program around it.
    private static final Duration ANSWER = VaultExchanges.ANSWER_MAX.plusSeconds(10);
    /// Links that may break one after another without that anything came over them.
    private static final int TRIES = 5;

    private final Taking taking;
    private final VaultDesk.Surroundings around;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<Runnable> hangUp = new AtomicReference<>(() -> { });

    VaultAsking(Taking taking, VaultDesk.Surroundings around) {
        this.taking = taking;
        this.around = around;
    }

    /// Waits for the other side's person.
    void ask() throws CoreException {
        try (Link link = dialled()) {
            var talk = new VaultTalk(link, around.work());
            talk.say(taking.ask());
            switch (talk.next(ANSWER)) {
                case Offered offered -> taking.receive(offered);
                case ExchangeMessage other -> throw unexpected(other);
            }
            boolean whole = false;
            while (!whole) {
                whole = taking.receive(part(talk));
            }
        } catch (IOException e) {
            throw Connections.failure(device(), e);
        } catch (ExchangeException e) {
            throw bad(e);
        } finally {
            hangUp.set(() -> { });
        }
    }

    /// A link that [#close] ends.
    private Link dialled() throws IOException {
        Link link = around.dial().to(device());
        hangUp.set(link::close);
        if (closed.get()) {
            link.close();
            throw new IOException("nobody waits for it any more");
        }
        return link;
    }

    @Override
    public DeviceId device() {
        return taking.terms().giver();
    }

    @Override
    public List<VaultContent.Client> offered() {
        return taking.compared().offered();
    }

    @Override
    public Preview preview(VaultMerge choice) throws CoreException {
        return taking.compared().preview(choice);
    }

    @Override
    public CompletionStage<Void> take(Preview preview, Consumer<Progress> progress) {
        var reply = new CompletableFuture<Void>();
        if (!busy.compareAndSet(false, true)) {
            reply.completeExceptionally(new CoreException.Busy());
            return reply;
        }
        var _ = reply.whenComplete((_, _) -> busy.set(false));
        around.work().execute(() -> attempt(preview, progress, reply, 1));
        return reply;
    }

    private void attempt(Preview preview, Consumer<Progress> progress, CompletableFuture<Void> reply, int number) {
        long before = taking.received();
        try {
            boolean travelled = fetch(preview, progress);
            taking.merge();
            if (!travelled) {
                sayDone();
            }
            reply.complete(null);
        } catch (IOException e) {
            LOG.info("a vault's delivery broke device={} cause={}", device(), e.getMessage());
            int next = taking.received() > before ? 1 : number + 1;
            if (next > TRIES || closed.get()) {
                reply.completeExceptionally(new CoreException.ExchangeCut(around.name(device())));
            } else {
                CompletableFuture.delayedExecutor(around.pause().toMillis() << (next - 1), TimeUnit.MILLISECONDS,
                        around.work())
                        .execute(() -> attempt(preview, progress, reply, next));
            }
        } catch (ExchangeException e) {
            reply.completeExceptionally(bad(e));
        } catch (CoreException e) {
            reply.completeExceptionally(e);
        } catch (CompletionException | IllegalStateException e) {
            LOG.debug("a vault's delivery ended", e); // closed meanwhile
            reply.completeExceptionally(new CoreException.ExchangeCut(device().shortHex()));
        }
    }

    /// Until all is here.
    ///
    /// @return false when nothing had to come
    private boolean fetch(Preview preview, Consumer<Progress> progress)
            throws IOException, ExchangeException, CoreException {
        List<ExchangeMessage> messages = taking.take(preview);
        if (messages.isEmpty()) {
            return false;
        }
        try (Link link = dialled()) {
            var talk = new VaultTalk(link, around.work());
            talk.say(messages);
            boolean whole = false;
            while (!whole) {
                whole = taking.receive(part(talk));
                progress.accept(new Progress(taking.received(), taking.size()));
            }
            talk.say(new Done(taking.terms().id()));
            return true;
        } finally {
            hangUp.set(() -> { });
        }
    }

    /// So that nobody waits there for what will not be asked for. What is here does not depend on it.
    private void sayDone() {
        try (Link link = dialled()) {
            new VaultTalk(link, around.work()).say(new Done(taking.terms().id()));
        } catch (IOException e) {
            LOG.info("a device was not told that nothing of its vault is lacked device={} cause={}", device(),
                    e.getMessage());
        } finally {
            hangUp.set(() -> { });
        }
    }

    private Part part(VaultTalk talk) throws IOException, ExchangeException, CoreException {
        ExchangeMessage message = talk.next(VaultTalk.PROGRAM);
        if (message instanceof Part part) {
            return part;
        }
        throw unexpected(message);
    }

    private CoreException unexpected(ExchangeMessage message) {
        return message instanceof Refused(var reason) ? new CoreException.VaultNotGiven(around.name(device()), reason)
                : new CoreException.BadExchange(around.name(device()), "the conversation", "something else was due", 0);
    }

    private CoreException bad(ExchangeException e) {
        return new CoreException.BadExchange(around.name(device()), e.where(), e.reason(), e.offset());
    }

    @Override
    public void close() {
        closed.set(true);
        Objects.requireNonNull(hangUp.get()).run();
        taking.close();
    }
}
