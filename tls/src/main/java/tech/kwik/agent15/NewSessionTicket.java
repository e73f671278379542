package tech.kwik.agent15;

import tech.kwik.agent15.TlsConstants.CipherSuite;

/// Exists because kwik names it. There is no resumption and no 0-RTT here (ADR 12), so there is never an instance.
public final class NewSessionTicket {

    private NewSessionTicket() {}

    public static NewSessionTicket deserialize(byte[] data) {
        throw noResumption();
    }

    public byte[] serialize() {
        throw noResumption();
    }

    public CipherSuite getCipher() {
        throw noResumption();
    }

    public boolean hasEarlyDataExtension() {
        return false;
    }

    public long getEarlyDataMaxSize() {
        return 0;
    }

    private static UnsupportedOperationException noResumption() {
        return new UnsupportedOperationException("sessions are not resumed");
    }
}
