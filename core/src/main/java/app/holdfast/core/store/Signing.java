package app.holdfast.core.store;

import app.holdfast.core.model.DeviceId;

/// Signatures of devices. An edge: the store makes and keeps no key, the door hands this down; tests have one of
/// their own.
public interface Signing {

    /// @return this device's signature, at most [app.holdfast.core.change.Head#SIGNATURE_BYTES_MAX] bytes
    byte[] sign(byte[] message);

    /// Whether the signature is the device's, of this message. Never throws, whatever the bytes are.
    boolean isBy(DeviceId device, byte[] message, byte[] signature);
}
