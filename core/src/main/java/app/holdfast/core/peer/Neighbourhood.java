package app.holdfast.core.peer;

import app.holdfast.core.model.DeviceId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What peers are given from around them.
///
/// @param dialler  makes links for sync
/// @param listens  where this device may be dialled; told to peers
/// @param converse a new conversation with a device, for a link that was just made
/// @param learned  told where a device may be dialled, best first, after each new link; on an engine's thread, quick
/// @param changed  told the status of a device before and after a change; on the device's engine's thread, quick
/// @param happened told what happened; on an engine's thread, quick
public record Neighbourhood(Dialler dialler, Supplier<List<InetSocketAddress>> listens,
        Function<DeviceId, Steps> converse, BiConsumer<DeviceId, List<InetSocketAddress>> learned,
        BiConsumer<PeerStatus, PeerStatus> changed, Consumer<PeerEvent> happened) {}
