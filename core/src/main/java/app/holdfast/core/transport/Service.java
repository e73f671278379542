package app.holdfast.core.transport;

import java.util.function.Consumer;
import java.util.function.Predicate;

import app.holdfast.core.model.DeviceId;

/// One conversation that an endpoint offers.
///
/// @param admits  asked inside the handshake, on a thread of QUIC, so it must answer at once from memory. Who is not
///     admitted is
///     refused with the TLS alert access_denied and never gets a byte
/// @param handler called on a virtual thread of its own with each accepted link; the link is closed when it returns
public record Service(Predicate<DeviceId> admits, Consumer<Link> handler) {}
