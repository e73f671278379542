package app.holdfast.core.exchange;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.exchange.ExchangeMessage.Ask;
import app.holdfast.core.exchange.ExchangeMessage.Load;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Take;
import app.holdfast.core.vault.GivenVault;
import app.holdfast.core.vault.hpke.ReceiverKey;
import app.holdfast.core.vault.hpke.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One exchange on the side that gives, after someone agreed. Holds sealed parts only, so that a broken delivery can go
/// on where it ended; no secret stays here. Guarded by itself.
///
///     OFFERED --take, wish--> PACKED --take--> PACKED ... --done--> forgotten
public final class Giving {

    static final byte[] SHAPES = "shapes".getBytes(StandardCharsets.US_ASCII);
    /// Bytes of a wish, which is less than the outline of which it names parts.
    private static final int WISH_MAX = GivenVault.OUTLINE_MAX;

    private final ExchangeTerms terms;
    private final GivenVault vault;
    private final Sealer sealer;
    private final ReceiverKey key;
    private Optional<Unpacking> wish = Optional.empty();
    private Optional<List<Part>> parcel = Optional.empty();
    private int count;

    private Giving(ExchangeTerms terms, GivenVault vault, Sealer sealer, ReceiverKey key) {
        this.terms = terms;
        this.vault = vault;
        this.sealer = sealer;
        this.key = key;
    }

    public static Giving begin(ExchangeTerms terms, Ask ask, GivenVault vault, RandomSource random)
            throws ExchangeException {
        Sealer sealer = Sealer.to(ask.key(), terms.toTaker(), random)
                .orElseThrow(() -> new ExchangeException("a message", "its key is none", 0));
        return new Giving(terms, vault, sealer, ReceiverKey.make(random));
    }

    public ExchangeTerms terms() {
        return terms;
    }

    /// What is said once someone has agreed: what there is, without any secret. To be called once.
    public synchronized List<ExchangeMessage> offer() throws CoreException {
        byte[] shapeKey = sealer.secret(SHAPES);
        try {
            byte[] outline = vault.outline(shapeKey);
            List<ExchangeMessage> messages = new ArrayList<>();
            messages.add(new Offered(sealer.ahead(), key.publicKey()));
            messages.addAll(Packing.pack(Load.OUTLINE, outline, sealer));
            return messages;
        } finally {
            Arrays.fill(shapeKey, (byte) 0);
        }
    }

    /// A delivery begins, or goes on; its wish is still to come.
    public synchronized void receive(Take take) throws ExchangeException {
        wish.ifPresent(Unpacking::close);
        wish = Optional.of(new Unpacking(Load.WISH, key.opener(take.ahead(), terms.toGiver())
                .orElseThrow(() -> new ExchangeException("a message", "its key is none", 0)), WISH_MAX));
    }

    /// Takes a part of the wish.
    ///
    /// @param from the first part that the taker has not
    /// @return what is to be sent; empty while the wish is not whole
    public synchronized List<Part> receive(Part part, int from, String who) throws ExchangeException, CoreException {
        Unpacking wished = wish.orElseThrow(() -> new ExchangeException("a message", "a part that is not due", 0));
        wished.take(part);
        if (!wished.isComplete()) {
            return List.of();
        }
        if (parcel.isEmpty()) {
            parcel = Optional.of(pack(wished.bytes(), who));
        }
        wished.close();
        wish = Optional.empty();
        List<Part> all = parcel.get();
        if (from > all.size()) {
            throw new ExchangeException("a message", "there are " + all.size() + " parts only", 0);
        }
        return all.subList(from, all.size());
    }

    private List<Part> pack(byte[] wished, String who) throws ExchangeException, CoreException {
        try {
            GivenVault.Parcel packed = vault.parcel(wished, who);
            try {
                count = packed.count();
                return Packing.pack(Load.PARCEL, packed.block(), sealer);
            } finally {
                Arrays.fill(packed.block(), (byte) 0);
            }
        } catch (CborException e) {
            throw new ExchangeException("the wish", e.reason(), e.offset());
        }
    }

    /// The taker has what it wanted of the vault.
    ///
    /// @return records and values that it got
    public synchronized int done() {
        vault.given();
        close();
        return count;
    }

    /// Forgets what was packed.
    public synchronized void close() {
        wish.ifPresent(Unpacking::close);
        wish = Optional.empty();
        parcel = Optional.empty();
    }
}
