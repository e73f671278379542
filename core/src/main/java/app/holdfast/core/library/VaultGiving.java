package app.holdfast.core.library;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.CoreException.VaultNotGiven.Reason;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.exchange.ExchangeException;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.exchange.ExchangeMessage.Ask;
import app.holdfast.core.exchange.ExchangeMessage.Done;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Refused;
import app.holdfast.core.exchange.ExchangeMessage.Take;
import app.holdfast.core.exchange.ExchangeTerms;
import app.holdfast.core.exchange.Giving;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import app.holdfast.core.vault.GivenVault;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The side that gives: who may have what, and the conversations with those who ask. Any thread.
final class VaultGiving implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VaultGiving.class);

    /// How long what was packed is kept for a taker whose link broke, or whose person still looks at the preview.
    private static final Duration KEPT = Duration.ofMinutes(15);
    /// Exchanges that are known again; the oldest is forgotten for a newer one.
    private static final int SEEN_MAX = 10_000;

    private final VaultDesk.Surroundings around;
    private final Map<DeviceId, GivenVault> offers = new ConcurrentHashMap<>();
    private final Map<UUID, Question> questions = new ConcurrentHashMap<>();
    /// One for each device, so there are at most as many as members.
    private final Map<DeviceId, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /// Guarded by itself.
    private final SequencedSet<UUID> seen = new LinkedHashSet<>();

    /// @param answer empty for no
    private record Question(DeviceId device, CompletableFuture<Optional<GivenVault>> answer) {}

    /// @param sinceMillis when something of it was asked for or sent last
    /// @param end         the pause after which it is forgotten, if nothing was
    private record Kept(Giving giving, long sinceMillis, CompletableFuture<Void> end) {}

    VaultGiving(VaultDesk.Surroundings around) {
        this.around = around;
    }

    Subscription offer(OpenVault vault, DeviceId device, Set<String> clients) throws CoreException {
        GivenVault offered = GivenVault.of(vault, clients);
        offers.put(device, offered);
        return () -> offers.remove(device, offered);
    }

    void accept(UUID exchange, OpenVault vault, Set<String> clients) throws CoreException {
        GivenVault given = GivenVault.of(vault, clients);
        Question question = questions.get(exchange);
        if (question == null || !question.answer().complete(Optional.of(given))) {
            throw new CoreException.NotFound("open question about a vault", exchange.toString());
        }
    }

    void refuse(UUID exchange) {
        Question question = questions.get(exchange);
        if (question != null) {
            question.answer().complete(Optional.empty());
        }
    }

    /// One conversation, on the link's own thread.
    void converse(Link link) {
        var talk = new VaultTalk(link, around.work());
        try {
            serve(link, talk);
        } catch (IOException e) {
            LOG.info("a conversation about a vault broke off device={} cause={}", link.peer(), e.getMessage());
        } catch (ExchangeException e) {
            LOG.info("a device was refused a vault device={} reason={}", link.peer(), e.getMessage());
        }
    }

    private void serve(Link link, VaultTalk talk) throws IOException, ExchangeException {
        try {
            switch (talk.next(VaultTalk.PROGRAM)) {
                case Ask ask -> asked(link, talk, ask);
                case Take take -> taken(link, talk, take);
                case Done done -> given(link.peer(), kept(link.peer(), done.exchange()));
                case ExchangeMessage _ -> talk.say(new Refused(Reason.NONSENSE));
            }
        } catch (ExchangeException e) {
            talk.say(new Refused(Reason.NONSENSE));
            throw e;
        } catch (CoreException.VaultNotGiven e) {
            talk.say(new Refused(e.reason()));
        } catch (OutOfMemoryError e) {
            LOG.warn("there is too little memory to give of a vault device={}", link.peer(), e);
            talk.say(new Refused(Reason.TOO_LARGE));
        } catch (CoreException e) {
            LOG.info("a vault cannot be given device={} code={}", link.peer(), e.code());
            talk.say(new Refused(Reason.LOCKED));
        }
    }

    private void asked(Link link, VaultTalk talk, Ask ask) throws IOException, ExchangeException, CoreException {
        DeviceId taker = link.peer();
        if (!isNew(ask.exchange())) {
            throw refused(taker, Reason.REPEATED);
        }
        GivenVault offered = offers.get(taker);
        GivenVault given = offered != null ? offered : askPerson(link, ask);
        var giving = Giving.begin(new ExchangeTerms(around.self(), taker, ask.exchange()), ask, given, around.random());
        List<ExchangeMessage> offer = giving.offer();
        keep(taker, giving);
        talk.say(offer);
    }

    /// Waits for a person, or until the other device has hung up.
    private GivenVault askPerson(Link link, Ask ask) throws CoreException {
        DeviceId taker = link.peer();
        var answer = new CompletableFuture<Optional<GivenVault>>();
        if (questions.values().stream().anyMatch(question -> question.device().equals(taker))) {
            throw refused(taker, Reason.BUSY);
        }
        questions.put(ask.exchange(), new Question(taker, answer));
        String name = around.name(taker);
        try {
            around.moments().tell(new CoreEvent.VaultAsked(ask.exchange(), taker, name, ask.vault()));
            around.work().execute(() -> awaitEnd(link, answer));
            return answer.get(VaultExchanges.ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .orElseThrow(() -> refused(taker, Reason.DECLINED));
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            throw refused(taker, Reason.NOT_ANSWERED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(taker, Reason.NOT_ANSWERED);
        } finally {
            questions.remove(ask.exchange());
            around.moments().tell(new CoreEvent.VaultAskedNoMore(ask.exchange()));
        }
    }

    /// Nothing is due while a person is asked, so whatever comes is the end.
    private static void awaitEnd(Link link, CompletableFuture<Optional<GivenVault>> answer) {
        try {
            LOG.debug("while a person was asked came {}", link.receive() == null ? "the end" : "something");
        } catch (IOException e) {
            LOG.debug("the asking device is gone cause={}", e.getMessage());
        }
        answer.cancel(false);
    }

    private void taken(Link link, VaultTalk talk, Take take) throws IOException, ExchangeException, CoreException {
        DeviceId taker = link.peer();
        Giving giving = kept(taker, take.exchange());
        touch(taker, giving);
        giving.receive(take);
        List<Part> parts = List.of();
        while (parts.isEmpty()) {
            if (!(talk.next(VaultTalk.PROGRAM) instanceof Part part)) {
                throw refused(taker, Reason.NONSENSE);
            }
            parts = giving.receive(part, take.from(), around.name(taker));
        }
        for (Part part : parts) {
            talk.say(part);
            touch(taker, giving);
        }
        if (talk.next(VaultTalk.PROGRAM) instanceof Done done && done.exchange().equals(take.exchange())) {
            given(taker, giving);
        }
    }

    private Giving kept(DeviceId taker, UUID exchange) throws CoreException {
        Kept there = kept.get(taker);
        if (there == null || !there.giving().terms().id().equals(exchange)) {
            throw refused(taker, Reason.UNKNOWN);
        }
        return there.giving();
    }

    private void given(DeviceId taker, Giving giving) {
        forget(taker, giving);
        around.moments().tell(new CoreEvent.VaultGiven(giving.terms().id(), taker, around.name(taker), giving.done()));
    }

    private CoreException.VaultNotGiven refused(DeviceId taker, Reason reason) {
        LOG.info("a vault is not given device={} reason={}", taker, reason);
        return new CoreException.VaultNotGiven(taker.shortHex(), reason);
    }

    private boolean isNew(UUID exchange) {
        synchronized (seen) {
            if (seen.size() >= SEEN_MAX) {
                seen.removeFirst();
            }
            return seen.add(exchange);
        }
    }

    /// In the place of what was kept for this device before.
    private void keep(DeviceId taker, Giving giving) {
        Kept before = kept.put(taker, new Kept(giving, around.time().nowMillis(), new CompletableFuture<>()));
        if (before != null) {
            before.end().cancel(false);
            before.giving().close();
        }
        awaitEnd(taker, giving, KEPT);
    }

    /// What is under way is not old.
    private void touch(DeviceId taker, Giving giving) {
        kept.computeIfPresent(taker, (_, now) -> now.giving() == giving
                ? new Kept(giving, around.time().nowMillis(), now.end()) : now);
    }

    private void awaitEnd(DeviceId taker, Giving giving, Duration left) {
        CompletableFuture<Void> end = around.pauses().apply(left);
        kept.computeIfPresent(taker, (_, now) -> now.giving() == giving ? new Kept(giving, now.sinceMillis(), end)
                : now);
        if (closed.get()) {
            forget(taker, giving);
            end.cancel(false);
        }
        var _ = end.thenRun(() -> forgetOld(taker, giving)); // not when it was cancelled
    }

    /// Forgets it, or waits for what is left since something of it was sent.
    private void forgetOld(DeviceId taker, Giving giving) {
        Kept there = kept.get(taker);
        if (there == null || there.giving() != giving) {
            return;
        }
        long left = there.sinceMillis() + KEPT.toMillis() - around.time().nowMillis();
        if (left > 0) {
            awaitEnd(taker, giving, Duration.ofMillis(Math.min(left, KEPT.toMillis())));
        } else {
            LOG.info("what was to be given of a vault was not asked for in time device={}", taker);
            forget(taker, giving);
        }
    }

    private void forget(DeviceId taker, Giving giving) {
        kept.computeIfPresent(taker, (_, now) -> {
            if (now.giving() != giving) {
                return now;
            }
            now.end().cancel(false);
            giving.close();
            return null;
        });
    }

    @Override
    public void close() {
        closed.set(true);
        offers.clear();
        questions.values().forEach(question -> question.answer().cancel(false));
        List.copyOf(kept.entrySet()).forEach(entry -> forget(entry.getKey(), entry.getValue().giving()));
    }
}
