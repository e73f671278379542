package app.holdfast.core.exchange;

import app.holdfast.core.exchange.ExchangeMessage.Load;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.vault.hpke.Opener;
import app.holdfast.core.vault.stronghold.Secret;
import app.holdfast.core.vault.stronghold.SecretMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts something together of its parts, each opened when it comes. What is there stays there over a broken link,
/// outside of the heap. Memory grows with what has come, not with what was announced.
final class Unpacking implements AutoCloseable {

    private final Load load;
    private final Opener opener;
    private final int sizeMax;
    private final SecretMemory memory = new SecretMemory();
    private final List<Secret> pieces = new ArrayList<>();
    private int size = -1;
    private int received;

    /// @param sizeMax bytes; more is refused when it is announced
    Unpacking(Load load, Opener opener, int sizeMax) {
        this.load = load;
        this.opener = opener;
        this.sizeMax = sizeMax;
    }

    /// Which part is to come next.
    int next() {
        return pieces.size();
    }

    int received() {
        return received;
    }

    /// @return bytes of the whole; 0 while that is not known
    int size() {
        return Math.max(0, size);
    }

    boolean isComplete() {
        return size >= 0 && pieces.size() == Packing.parts(size);
    }

    void take(Part part) throws ExchangeException {
        if (part.load() != load || isComplete() || part.index() != pieces.size()) {
            throw bad("part " + part.index() + " of the " + word(part.load()) + " is not due");
        }
        if (part.size() > sizeMax || size >= 0 && part.size() != size) {
            throw bad("it is to have " + part.size() + " bytes");
        }
        byte[] plain = opener.open(Packing.data(load, part.index(), part.size()), part.sealed())
                .orElseThrow(() -> bad("it was not sealed for this exchange, or was changed on the way"));
        try {
            if (plain.length != Math.min(Packing.PART, part.size() - received)) {
                throw bad("a part of " + plain.length + " bytes");
            }
            pieces.add(memory.keep(plain));
            size = part.size();
            received += plain.length;
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// All of it, for the caller to wipe.
    byte[] bytes() {
        byte[] all = new byte[received];
        int at = 0;
        for (Secret piece : pieces) {
            int from = at;
            at += piece.<Integer, RuntimeException>read(bytes -> {
                System.arraycopy(bytes, 0, all, from, bytes.length);
                return bytes.length;
            });
        }
        return all;
    }

    private ExchangeException bad(String reason) {
        return new ExchangeException("the " + word(load), reason, received);
    }

    private static String word(Load load) {
        return switch (load) {
            case OUTLINE -> "outline";
            case WISH -> "wish";
            case PARCEL -> "parcel";
        };
    }

    @Override
    public void close() {
        memory.close();
    }
}
