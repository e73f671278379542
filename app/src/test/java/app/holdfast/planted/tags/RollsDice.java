package app.holdfast.planted.tags;

import java.util.UUID;

/// Makes randomness of its own.
public final class RollsDice {

    UUID roll() {
        return UUID.randomUUID();
    }
}
