package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// One exchange on the side that takes: what another device offers, compared with a vault that is open here. Safe for
/// any thread. To be closed, which wipes what had arrived.
public interface VaultTaking extends AutoCloseable {

    /// The device that gives.
    DeviceId device();

    /// What it offers, without any secret: ids, names, sizes. Hints do not travel before the records.
    List<VaultContent.Client> offered();

    /// What taking would do to the vault here. Nothing is changed, and nothing travels.
    VaultMerge.Preview preview(VaultMerge choice) throws CoreException;

    /// Fetches what the preview lacks and does what it says, in memory; the caller saves the vault. All of it or
    /// nothing. To be called for a preview that changes nothing as well, so that who gives knows that it was enough;
    /// the file need not be saved then ([VaultMerge.Preview#isToBeSaved]).
    ///
    /// A link that breaks is made again for a while, and what had arrived does not travel twice. When that did not help
    /// it fails with [CoreException.ExchangeCut], and may be called again with the same preview.
    ///
    /// More than 32 MiB of records at once are refused with [CoreException.Refused] before anything travels; a smaller
    /// choice is an exchange of its own.
    ///
    /// @param preview  of this exchange, since which the vault has not changed
    /// @param progress told on a thread of the core's; must be quick
    CompletionStage<Void> take(VaultMerge.Preview preview, Consumer<Progress> progress);

    @Override
    void close();

    /// @param received bytes of records, as they travel
    /// @param all      how many there will be; 0 while that is not known
    record Progress(long received, long all) {}
}
