package app.holdfast.core.transport.pairing;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is said over `holdfast/pair/1`, one frame each (`docs/protocol/pairing.md`, section 2).
public sealed interface PairingMessage {

    /// Members that may be told of at most.
    int MEMBERS_MAX = 1_000;
    /// Addresses of one member.
    int ADDRESSES_MAX = 64;
    /// Characters of a name or reason.
    int TEXT_MAX = 400;

    /// The joiner's first: which invitation it holds ([PairingProof#nameOf]), and its 16 random bytes.
    record Knock(byte[] invitation, byte[] nonce) implements PairingMessage {}

    /// The inviter's answer: its own.
    record Challenge(byte[] nonce) implements PairingMessage {}

    /// The joiner proves that it holds the ticket.
    record Proof(byte[] proof, String deviceName) implements PairingMessage {}

    /// So does the inviter. From here both know the digits.
    record Counterproof(byte[] proof, String deviceName, String libraryName) implements PairingMessage {}

    /// The joiner's person has said yes.
    ///
    /// @param addresses where it may be dialled, `host:port`
    record Agreed(List<String> addresses) implements PairingMessage {}

    /// The inviter's person has said yes, and the joiner is a member now.
    record Welcome(LibraryId library, String libraryName, List<Member> members) implements PairingMessage {}

    /// The joiner has it on its disk.
    record Done() implements PairingMessage {}

    /// Either side ends it.
    record Refused(Reason reason) implements PairingMessage {}

    /// A device that belongs, the inviter among them.
    record Member(DeviceId id, String name, List<String> addresses) {}

    /// Why it was ended. The ordinal is what travels, so new ones are added at the end.
    enum Reason {
        /// None of that name was made here, or it is forgotten.
        NO_SUCH_INVITATION,
        /// A person said no.
        DECLINED,
        /// A person did not answer in time.
        TIMED_OUT,
        NOT_NOW,
        EXPIRED,
        /// Another device came with it first.
        USED,
        /// The proof is wrong, or too many were.
        WRONG_PROOF
    }

    default byte[] encode() {
        CborWriter out = new CborWriter();
        switch (this) {
            case Knock(byte[] invitation, byte[] nonce) -> out.array(3).unsigned(0).bytes(invitation).bytes(nonce);
            case Challenge(byte[] nonce) -> out.array(2).unsigned(1).bytes(nonce);
            case Proof(byte[] proof, String name) -> out.array(3).unsigned(2).bytes(proof).text(name);
            case Counterproof(byte[] proof, String name, String library) ->
                    out.array(4).unsigned(3).bytes(proof).text(name).text(library);
            case Agreed(List<String> addresses) -> texts(out.array(2).unsigned(4), addresses);
            case Welcome(LibraryId library, String name, List<Member> members) -> {
                out.array(4).unsigned(5).id(library.value()).text(name).array(members.size());
                members.forEach(member -> texts(out.array(3).bytes(member.id.bytes()).text(member.name),
                        member.addresses));
            }
            case Done() -> out.array(1).unsigned(6);
            case Refused(Reason reason) -> out.array(2).unsigned(7).unsigned(reason.ordinal());
        }
        return out.toBytes();
    }

    private static void texts(CborWriter out, List<String> texts) {
        out.array(texts.size());
        texts.forEach(out::text);
    }

    /// @throws CborException when this is no such message, or more of it than is taken
    static PairingMessage decode(byte[] frame) throws CborException {
        CborReader in = new CborReader(frame);
        int count = in.array();
        int start = in.offset();
        long type = in.unsigned(Long.MAX_VALUE);
        PairingMessage message = switch ((int) Math.min(type, Integer.MAX_VALUE)) {
            case 0 -> new Knock(exactly(in, PairingProof.NAME_BYTES), exactly(in, PairingProof.NONCE_BYTES));
            case 1 -> new Challenge(exactly(in, PairingProof.NONCE_BYTES));
            case 2 -> new Proof(exactly(in, PairingProof.PROOF_BYTES), text(in));
            case 3 -> new Counterproof(exactly(in, PairingProof.PROOF_BYTES), text(in), text(in));
            case 4 -> new Agreed(texts(in));
            case 5 -> new Welcome(new LibraryId(in.id()), text(in), members(in));
            case 6 -> new Done();
            case 7 -> new Refused(Reason.values()[(int) in.unsigned(Reason.values().length - 1)]);
            default -> throw new CborException(start, "no message has the type " + type);
        };
        in.end();
        if (count != fields(message)) {
            throw new CborException(0, "a message with " + count + " fields");
        }
        return message;
    }

    private static int fields(PairingMessage message) {
        return switch (message) {
            case Done _ -> 1;
            case Challenge _, Agreed _, Refused _ -> 2;
            case Knock _, Proof _ -> 3;
            case Counterproof _, Welcome _ -> 4;
        };
    }

    private static byte[] exactly(CborReader in, int size) throws CborException {
        int start = in.offset();
        byte[] bytes = in.bytes();
        if (bytes.length != size) {
            throw new CborException(start, bytes.length + " bytes where " + size + " belong");
        }
        return bytes;
    }

    private static String text(CborReader in) throws CborException {
        int start = in.offset();
        String text = in.text();
        if (text.length() > TEXT_MAX) {
            throw new CborException(start, "a text of " + text.length() + " characters");
        }
        return text;
    }

    private static List<String> texts(CborReader in) throws CborException {
        String[] texts = new String[limited(in, ADDRESSES_MAX)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(in);
        }
        return Arrays.asList(texts);
    }

    private static List<Member> members(CborReader in) throws CborException {
        int count = limited(in, MEMBERS_MAX);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            in.array(3);
            members.add(new Member(DeviceId.of(exactly(in, DeviceId.BYTES)), text(in), texts(in)));
        }
        return members;
    }

    private static int limited(CborReader in, int max) throws CborException {
        int start = in.offset();
        int count = in.array();
        if (count > max) {
            throw new CborException(start, count + " items where at most " + max + " are taken");
        }
        return count;
    }
}
