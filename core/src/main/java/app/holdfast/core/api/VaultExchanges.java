package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Synchronizing vaults with other members of the library. One exchange goes one way: the device that asks takes what
/// its vault lacks, the device that is asked has its vault open and agrees. Nothing is agreed to by being a member.
///
/// Safe for any thread; never blocks. Stages fail with a [CoreException]; what fails otherwise is a mistake of
/// the program's, and no stage stays without an end, not even when the library closes.
public interface VaultExchanges {

    /// How long a person may take for an answer; opening the vault is part of it.
    Duration ANSWER_MAX = Duration.ofMinutes(2);

    /// Asks a device for what it agrees to give. Completes when someone there has agreed and what is offered is known
    /// here; no secret has travelled then. Cancelling the stage's future takes the question back at once.
    ///
    /// @param vault that takes. Nothing that is in it leaves this device; the other learns what its file is called and,
    ///     from what is taken, which of what it offered is the same here. It stays the caller's
    CompletionStage<VaultTaking> ask(OpenVault vault, DeviceId device);

    /// Agrees to a [CoreEvent.VaultAsked]. Fails with [CoreException.NotFound] when that is over.
    ///
    /// @param vault   that gives. It stays the caller's, and has to stay open until [CoreEvent.VaultGiven]
    /// @param clients ids, names or paths of its clients; empty for all. The others are not told of
    void accept(UUID exchange, OpenVault vault, Set<String> clients) throws CoreException;

    /// Says no to a [CoreEvent.VaultAsked].
    void refuse(UUID exchange);

    /// Agrees to what a device will ask for, for as long as this stands; it may ask several times. In the place of an
    /// earlier offer to the same device.
    ///
    /// @param vault   as for [#accept]
    /// @param clients as for [#accept]
    /// @return ends the offer; what is under way goes on
    Subscription offer(OpenVault vault, DeviceId device, Set<String> clients) throws CoreException;
}
