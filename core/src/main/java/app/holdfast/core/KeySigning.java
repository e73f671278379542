package app.holdfast.core;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Signing;
import app.holdfast.core.transport.identity.Identity;

/// Signs with this device's key. Any thread.
record KeySigning(Identity identity) implements Signing {

    @Override
    public byte[] sign(byte[] message) {
        return identity.sign(message);
    }

    @Override
    public boolean isBy(DeviceId device, byte[] message, byte[] signature) {
        return Identity.isSignedBy(device, message, signature);
    }
}
