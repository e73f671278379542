package app.holdfast.desktop.memory;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.model.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Synchronizing vaults with a device whose vault is at hand.
///
/// Knobs: [#gives] is the other side's vault, empty for one that says no; [#cut] breaks the next taking; [#silent]
/// never answers.
public final class MemoryExchanges implements VaultExchanges {

    public Optional<OpenVault> gives = Optional.empty();
    public boolean cut;
    public boolean silent;
    public int withdrawn;
    public int taken;
    public final List<DeviceId> asked = new CopyOnWriteArrayList<>();
    /// `accept`, with what was given of, or `refuse`, for each question.
    public final List<String> answers = new CopyOnWriteArrayList<>();
    public int closed;

    @Override
    public CompletionStage<VaultTaking> ask(OpenVault vault, DeviceId device) {
        asked.add(device);
        if (silent) {
            var never = new CompletableFuture<VaultTaking>();
            var _ = never.whenComplete((_, _) -> withdrawn++);
            return never;
        }
        return gives.map(other -> CompletableFuture.<VaultTaking>completedFuture(new Taking(device, vault, other)))
                .orElseGet(() -> CompletableFuture.failedFuture(new CoreException.VaultNotGiven("studio-pc",
                        CoreException.VaultNotGiven.Reason.DECLINED)));
    }

    @Override
    public void accept(UUID exchange, OpenVault vault, Set<String> clients) {
        answers.add("accept " + clients.size());
    }

    @Override
    public void refuse(UUID exchange) {
        answers.add("refuse");
    }

    @Override
    public Subscription offer(OpenVault vault, DeviceId device, Set<String> clients) {
        throw new UnsupportedOperationException("nothing is offered here");
    }

    private final class Taking implements VaultTaking {

        private final DeviceId device;
        private final OpenVault target;
        private final OpenVault source;

        Taking(DeviceId device, OpenVault target, OpenVault source) {
            this.device = device;
            this.target = target;
            this.source = source;
        }

        @Override
        public DeviceId device() {
            return device;
        }

        @Override
        public List<VaultContent.Client> offered() {
            try {
                return source.content().clients();
            } catch (CoreException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public VaultMerge.Preview preview(VaultMerge choice) throws CoreException {
            return target.preview(source, choice);
        }

        @Override
        public CompletionStage<Void> take(VaultMerge.Preview preview, Consumer<Progress> progress) {
            progress.accept(new Progress(1, 2));
            if (cut) {
                cut = false;
                return CompletableFuture.failedFuture(new CoreException.ExchangeCut("studio-pc"));
            }
            try {
                target.merge(source, preview);
                taken++;
                return CompletableFuture.completedFuture(null);
            } catch (CoreException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
