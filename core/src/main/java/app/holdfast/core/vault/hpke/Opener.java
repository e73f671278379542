package app.holdfast.core.vault.hpke;

import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;

/// The receiver's side: opens part after part in the order in which they were sealed. One that does not open may be
/// tried again.
public final class Opener {

    private final HPKEContext context;

    Opener(HPKEContext context) {
        this.context = context;
    }

    /// @param data the same as the sealer's
    /// @return the plain part, for the caller to wipe; empty when it was sealed by someone else, for another exchange,
    ///     at another place of the order, or a byte was changed
    public Optional<byte[]> open(byte[] data, byte[] sealed) {
        if (sealed.length < Suite.TAG) {
            return Optional.empty();
        }
        try {
            return Optional.of(context.open(data, sealed));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    /// @see Sealer#secret
    public byte[] secret(byte[] purpose) {
        return context.export(purpose, Suite.KEY);
    }
}
