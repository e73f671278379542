package app.holdfast.core.api;

import java.time.Duration;
import java.util.List;

/// How fast was exchanged with all devices together, oldest first, for a picture of it.
///
/// @param step     the time that each number stands for
/// @param sent     bytes per second
/// @param received the same, as many
public record Throughput(Duration step, List<Long> sent, List<Long> received) {

    public static final Throughput NONE = new Throughput(Duration.ofSeconds(5), List.of(), List.of());

    public Throughput {
        sent = List.copyOf(sent);
        received = List.copyOf(received);
    }
}
