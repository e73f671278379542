package app.holdfast.core.exchange;

import app.holdfast.core.api.CoreException.VaultNotGiven.Reason;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.vault.hpke.ReceiverKey;
import java.util.UUID;

/// What is said over `holdfast/vault/1`, one frame each (`docs/protocol/vaults.md`, section 2).
public sealed interface ExchangeMessage {

    /// Characters of a file's name.
    int NAME_MAX = 255;

    /// The taker's first: I would like to have what my vault lacks.
    ///
    /// @param key   what is given has to be sealed for it
    /// @param vault what the taker's file is called, for the person at the other side
    record Ask(UUID exchange, byte[] key, String vault) implements ExchangeMessage {}

    /// The giver's: someone here agrees. Parts of the outline follow.
    ///
    /// @param ahead of all parts of this exchange that the giver sends
    /// @param key   what is wished for has to be sealed for it
    record Offered(byte[] ahead, byte[] key) implements ExchangeMessage {}

    /// The taker's, on a link of its own, and again on another when that broke. Parts of the wish follow.
    ///
    /// @param ahead of the parts of the wish
    /// @param from  the first part of the parcel that the taker has not
    record Take(UUID exchange, byte[] ahead, int from) implements ExchangeMessage {}

    /// One sealed part of something larger.
    ///
    /// @param index counted from 0
    /// @param size  bytes of the whole, before it was sealed
    record Part(Load load, int index, int size, byte[] sealed) implements ExchangeMessage {}

    /// The taker has all that it wanted, or lacks nothing, and the giver may forget the exchange.
    record Done(UUID exchange) implements ExchangeMessage {}

    /// The giver gives nothing.
    record Refused(Reason reason) implements ExchangeMessage {}

    /// What is sent in parts. The ordinal is what travels.
    enum Load {
        /// What the giver offers.
        OUTLINE,
        /// What the taker asks for of that.
        WISH,
        /// The records.
        PARCEL
    }

    default byte[] encode() {
        var out = new CborWriter();
        switch (this) {
            case Ask(UUID exchange, byte[] key, String vault) ->
                    out.array(4).unsigned(0).id(exchange).bytes(key).text(vault);
            case Offered(byte[] ahead, byte[] key) -> out.array(3).unsigned(1).bytes(ahead).bytes(key);
            case Take(UUID exchange, byte[] ahead, int from) ->
                    out.array(4).unsigned(2).id(exchange).bytes(ahead).unsigned(from);
            case Part(Load load, int index, int size, byte[] sealed) ->
                    out.array(5).unsigned(3).unsigned(load.ordinal()).unsigned(index).unsigned(size).bytes(sealed);
            case Done(UUID exchange) -> out.array(2).unsigned(4).id(exchange);
            case Refused(Reason reason) -> out.array(2).unsigned(5).unsigned(reason.ordinal());
        }
        return out.toBytes();
    }

    /// @throws ExchangeException when this is no such message, or more of it than is taken
    static ExchangeMessage decode(byte[] frame) throws ExchangeException {
        try {
            return read(new CborReader(frame));
        } catch (CborException e) {
            throw new ExchangeException("a message", e.reason(), e.offset());
        }
    }

    private static ExchangeMessage read(CborReader in) throws CborException {
        int count = in.array();
        int start = in.offset();
        long type = in.unsigned(Long.MAX_VALUE);
        ExchangeMessage message = switch ((int) Math.min(type, Integer.MAX_VALUE)) {
            case 0 -> new Ask(in.id(), key(in), name(in));
            case 1 -> new Offered(key(in), key(in));
            case 2 -> new Take(in.id(), key(in), (int) in.unsigned(Packing.parts(Packing.SIZE_MAX)));
            case 3 -> new Part(Load.values()[(int) in.unsigned(Load.values().length - 1)],
                    (int) in.unsigned(Packing.parts(Packing.SIZE_MAX)), (int) in.unsigned(Packing.SIZE_MAX),
                    sealed(in));
            case 4 -> new Done(in.id());
            case 5 -> new Refused(Reason.values()[(int) in.unsigned(Reason.values().length - 1)]);
            default -> throw new CborException(start, "no message has the type " + type);
        };
        in.end();
        if (count != fields(message)) {
            throw new CborException(0, "a message with " + count + " fields");
        }
        return message;
    }

    private static int fields(ExchangeMessage message) {
        return switch (message) {
            case Done _, Refused _ -> 2;
            case Offered _ -> 3;
            case Ask _, Take _ -> 4;
            case Part _ -> 5;
        };
    }

    private static byte[] key(CborReader in) throws CborException {
        int start = in.offset();
        byte[] key = in.bytes();
        if (key.length != ReceiverKey.SIZE) {
            throw new CborException(start, "a key of " + key.length + " bytes");
        }
        return key;
    }

    private static byte[] sealed(CborReader in) throws CborException {
        int start = in.offset();
        byte[] sealed = in.bytes();
        if (sealed.length > Packing.SEALED_MAX) {
            throw new CborException(start, "a part of " + sealed.length + " bytes");
        }
        return sealed;
    }

    private static String name(CborReader in) throws CborException {
        int start = in.offset();
        String name = in.text();
        if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)
                || name.indexOf('/') >= 0) {
            throw new CborException(start, "this is no file's name");
        }
        return name;
    }
}
