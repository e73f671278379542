package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What can be done with other devices over the network. Safe for any thread; never blocks. Stages fail with a
/// [CoreException].
public interface Devices {

    /// Makes a ticket that one device may use once within the time.
    ///
    /// @param acceptAtOnce whoever holds the ticket is taken without asking; otherwise [CoreEvent.PairingAsked] is
    ///        told and
    ///                     [#answer] decides
    CompletionStage<Invitation> invite(boolean acceptAtOnce, Duration valid);

    /// Joins the library of the device that made the ticket. What this device has of its own is brought along.
    ///
    /// @param confirm told the six digits, says whether to go on; runs on a thread of its own and may take up to a
    ///        minute
    CompletionStage<Joined> join(String ticket, Confirmation confirm);

    /// Answers a [CoreEvent.PairingAsked].
    void answer(DeviceId asking, boolean accept);

    /// Handshake and echo with any iroh endpoint.
    ///
    /// @param ticket an iroh endpoint ticket
    /// @param count  echoes, 1 to 1,000
    CompletionStage<Ping> ping(String ticket, int count);

    /// Exchanges with every peer now, without waiting for a back-off to end. Completes when all that can be reached
    /// are up to date.
    CompletionStage<Void> syncNow();

    /// Synchronizing vaults with members.
    VaultExchanges vaults();

    /// Where this device listens and how others reach it.
    Reachable reachable();

    record Invitation(String ticket, Instant expires) {}

    record Joined(DeviceId device, String deviceName, LibraryId library, String libraryName, String digits) {}

    record Ping(DeviceId id, List<Long> rttMicros, String alpn) {}

    /// @param addresses `host:port`
    /// @param ticket    iroh's endpoint ticket
    record Reachable(DeviceId id, List<String> addresses, String ticket) {}

    /// @see Devices#join
    @FunctionalInterface
    interface Confirmation {
        boolean confirm(String deviceName, String digits);
    }
}
