package app.holdfast.core.vault.stronghold;

import java.util.Optional;

/// What a Store has under a key.
///
/// @param expires from then on it counts as gone, though it stays in the file
public record StoreValue(Secret value, Optional<Moment> expires) {

    public boolean isExpired(long nowMillis) {
        return expires.isPresent() && expires.get().isOver(nowMillis);
    }
}
