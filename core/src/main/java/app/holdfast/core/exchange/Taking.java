package app.holdfast.core.exchange;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.exchange.ExchangeMessage.Ask;
import app.holdfast.core.exchange.ExchangeMessage.Load;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Take;
import app.holdfast.core.vault.ComparedVault;
import app.holdfast.core.vault.GivenVault;
import app.holdfast.core.vault.hpke.Opener;
import app.holdfast.core.vault.hpke.ReceiverKey;
import app.holdfast.core.vault.hpke.Sealer;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One exchange on the side that takes. What has come of a parcel stays here over a broken link, until it is merged or
/// this is closed. Guarded by itself.
///
///     ASKED --offered--> LISTENING --outline whole--> COMPARED --wish--> TAKING --parcel whole--> merged
///
/// One exchange has one wish; who wants something else asks again.
public final class Taking implements AutoCloseable {

    private final ExchangeTerms terms;
    private final OpenVault vault;
    private final RandomSource random;
    private final ReceiverKey key;
    private Optional<Opener> opener = Optional.empty();
    private Optional<byte[]> giverKey = Optional.empty();
    private Optional<Unpacking> load = Optional.empty();
    private Optional<ComparedVault> compared = Optional.empty();
    private Optional<Wished> wished = Optional.empty();

    /// @param ahead    of the sealed parts
    /// @param nothing  has to come
    private record Wished(Preview preview, byte[] ahead, List<Part> parts, boolean nothing) {}

    public Taking(ExchangeTerms terms, OpenVault vault, RandomSource random) {
        this.terms = terms;
        this.vault = vault;
        this.random = random;
        this.key = ReceiverKey.make(random);
    }

    public ExchangeTerms terms() {
        return terms;
    }

    public Ask ask() {
        return new Ask(terms.id(), key.publicKey(), ComparedVault.fileName(vault));
    }

    /// Someone agreed there.
    public synchronized void receive(Offered offered) throws ExchangeException {
        if (opener.isPresent()) {
            throw new ExchangeException("a message", "it was offered already", 0);
        }
        Opener opens = key.opener(offered.ahead(), terms.toTaker())
                .orElseThrow(() -> new ExchangeException("a message", "its key is none", 0));
        opener = Optional.of(opens);
        giverKey = Optional.of(offered.key());
        load = Optional.of(new Unpacking(Load.OUTLINE, opens, GivenVault.OUTLINE_MAX));
    }

    /// Takes a part of the outline, or of the parcel.
    ///
    /// @return whether that was the last one
    public synchronized boolean receive(Part part) throws ExchangeException {
        Unpacking loading = load.orElseThrow(() -> new ExchangeException("a message", "a part that is not due", 0));
        loading.take(part);
        if (loading.isComplete() && compared.isEmpty()) {
            compare(loading);
        }
        return loading.isComplete();
    }

    private void compare(Unpacking loading) throws ExchangeException {
        try {
            compared = Optional.of(ComparedVault.of(vault, loading.bytes(),
                    opener.orElseThrow().secret(Giving.SHAPES)));
        } catch (CborException e) {
            throw new ExchangeException("the outline", e.reason(), e.offset());
        } finally {
            loading.close();
        }
    }

    /// What is offered, beside the vault here.
    ///
    /// @throws IllegalStateException when the outline is not whole
    public synchronized ComparedVault compared() {
        return compared.orElseThrow(() -> new IllegalStateException("nothing was offered yet"));
    }

    /// What is to be said to get what a preview lacks, or the rest of it.
    ///
    /// @return empty when nothing has to come, or all has
    public synchronized List<ExchangeMessage> take(Preview preview) throws CoreException, ExchangeException {
        if (wished.isEmpty()) {
            wished = Optional.of(wish(preview));
        } else if (!wished.get().preview().equals(preview)) {
            // what the giver sealed for one wish cannot be opened as the answer to another
            throw new CoreException.Refused("another preview of this exchange was begun; ask again");
        }
        Wished now = wished.get();
        if (now.nothing() || load.filter(Unpacking::isComplete).isPresent()) {
            return List.of();
        }
        List<ExchangeMessage> messages = new ArrayList<>();
        messages.add(new Take(terms.id(), now.ahead(), load.orElseThrow().next()));
        messages.addAll(now.parts());
        return messages;
    }

    private Wished wish(Preview preview) throws CoreException, ExchangeException {
        Optional<byte[]> wish = compared().wish(preview);
        if (wish.isEmpty()) {
            return new Wished(preview, new byte[0], List.of(), true);
        }
        Sealer sealer = Sealer.to(giverKey.orElseThrow(), terms.toGiver(), random)
                .orElseThrow(() -> new ExchangeException("a message", "its key is none", 0));
        load = Optional.of(new Unpacking(Load.PARCEL, opener.orElseThrow(), Packing.SIZE_MAX));
        return new Wished(preview, sealer.ahead(), Packing.pack(Load.WISH, wish.get(), sealer), false);
    }

    /// Bytes of the parcel that came and stayed.
    public synchronized long received() {
        return load.map(Unpacking::received).orElse(0);
    }

    /// Bytes of the whole parcel; 0 while that is not known.
    public synchronized long size() {
        return load.map(Unpacking::size).orElse(0);
    }

    /// Does what the preview says, in memory, once all has come.
    public synchronized void merge() throws CoreException, ExchangeException {
        Wished now = wished.orElseThrow(() -> new IllegalStateException("nothing was taken yet"));
        byte[] block = now.nothing() ? new byte[0] : load.orElseThrow().bytes();
        try {
            compared().merge(now.preview(), block);
        } catch (MalformedSnapshot e) {
            throw new ExchangeException("the parcel, opened", e.reason(), e.offset());
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /// Wipes what came.
    @Override
    public synchronized void close() {
        load.ifPresent(Unpacking::close);
        load = Optional.empty();
        compared.ifPresent(ComparedVault::close);
    }
}
