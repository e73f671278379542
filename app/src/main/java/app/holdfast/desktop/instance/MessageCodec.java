package app.holdfast.desktop.instance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Messages as JSON: an object with one field that names the message.
///
///     {"run":{"version":1,"arguments":["status"],"directory":"/home/ada","json":true,
///         "interactive":false,"language":"en"}}
///     {"answer":"y"}  {"answer":null}
///     {"out":"…"}  {"err":"…"}  {"ask":"…"}  {"exit":0}  {"refused":{"code":"busy","reason":"…"}}
///     {"secret":"…"}  {"secretLine":"…"}
///
/// The answer to the last two is no JSON, so that no text is made of a secret: a zero and its bytes, or a single one
/// when there is none.
///
/// Written token by token, because binding classes would double the time that a short command takes to start. Fields
/// inside that are not known are passed over, so that a newer program can say more.
final class MessageCodec {

    /// Raised when an older instance would misunderstand a newer caller.
    static final int VERSION = 1;

    private static final byte SECRET = 0;
    private static final byte NO_SECRET = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private MessageCodec() {}

    /// Whether these are the bytes of a secret, to be wiped.
    static boolean isSecret(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == SECRET;
    }

    static byte[] encode(Message message) {
        if (message instanceof Message.Secret secret) {
            byte[] bytes = new byte[secret.given() ? 1 + secret.bytes().length : 1];
            bytes[0] = secret.given() ? SECRET : NO_SECRET;
            System.arraycopy(secret.bytes(), 0, bytes, 1, bytes.length - 1);
            return bytes;
        }
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            switch (message) {
                case Message.Run run -> writeRun(json, run.request());
                case Message.Answer answer -> writeText(json, "answer", answer.line().orElse(null));
                case Message.Output output -> writeText(json, "out", output.text());
                case Message.Complaint complaint -> writeText(json, "err", complaint.text());
                case Message.Question question -> writeText(json, "ask", question.text());
                case Message.SecretQuestion question ->
                        writeText(json, question.fromInput() ? "secretLine" : "secret", question.text());
                case Message.Secret _ -> throw new IllegalStateException("no text is made of a secret");
                case Message.Refused refused -> writeRefused(json, refused);
                case Message.Ended ended -> json.writeNumberProperty("exit", ended.status());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static Message decode(byte[] bytes) throws MalformedMessage {
        if (isSecret(bytes) || bytes.length == 1 && bytes[0] == NO_SECRET) {
            return new Message.Secret(Arrays.copyOfRange(bytes, 1, bytes.length), isSecret(bytes));
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            expect(json, json.nextToken(), JsonToken.PROPERTY_NAME);
            String name = json.currentName();
            json.nextToken();
            Message message = switch (name) {
                case "run" -> new Message.Run(readRun(json));
                case "answer" -> new Message.Answer(
                        json.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(text(json)));
                case "out" -> new Message.Output(text(json));
                case "err" -> new Message.Complaint(text(json));
                case "ask" -> new Message.Question(text(json));
                case "secret" -> new Message.SecretQuestion(text(json), false);
                case "secretLine" -> new Message.SecretQuestion(text(json), true);
                case "refused" -> readRefused(json);
                case "exit" -> new Message.Ended(number(json));
                default -> throw malformed(json, "an unknown message");
            };
            expect(json, json.nextToken(), JsonToken.END_OBJECT);
            if (json.nextToken() != null) {
                throw malformed(json, "more than one message");
            }
            return message;
        } catch (JacksonException e) {
            long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new MalformedMessage("no JSON", offset);
        }
    }

    private static void writeRun(JsonGenerator json, Request request) {
        json.writeName("run");
        json.writeStartObject();
        json.writeNumberProperty("version", VERSION);
        json.writeName("arguments");
        json.writeStartArray();
        for (String argument : request.arguments()) {
            json.writeString(wellFormed(argument));
        }
        json.writeEndArray();
        writeText(json, "directory", request.directory());
        json.writeBooleanProperty("json", request.json());
        json.writeBooleanProperty("interactive", request.interactive());
        writeText(json, "language", request.language());
        json.writeEndObject();
    }

    private static void writeRefused(JsonGenerator json, Message.Refused refused) {
        json.writeName("refused");
        json.writeStartObject();
        writeText(json, "code", refused.code());
        writeText(json, "reason", refused.reason());
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) {
        json.writeName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(wellFormed(text));
        }
    }

    /// Half a surrogate pair, which UTF-8 cannot carry, becomes a question mark.
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Request readRun(JsonParser json) throws MalformedMessage {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        int version = 0;
        List<String> arguments = new ArrayList<>();
        String directory = "";
        boolean asJson = false;
        boolean interactive = false;
        String language = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "version" -> version = number(json);
                case "arguments" -> readArguments(json, arguments);
                case "directory" -> directory = text(json);
                case "json" -> asJson = truth(json);
                case "interactive" -> interactive = truth(json);
                case "language" -> language = text(json);
                default -> json.skipChildren();
            }
        }
        expect(json, json.currentToken(), JsonToken.END_OBJECT);
        if (version != VERSION) {
            throw malformed(json, "version " + version + " where " + VERSION + " is spoken");
        }
        return new Request(arguments, directory, asJson, interactive, language);
    }

    private static Message.Refused readRefused(JsonParser json) throws MalformedMessage {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        String code = "";
        String reason = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "code" -> code = text(json);
                case "reason" -> reason = text(json);
                default -> json.skipChildren();
            }
        }
        expect(json, json.currentToken(), JsonToken.END_OBJECT);
        return new Message.Refused(code, reason);
    }

    private static void readArguments(JsonParser json, List<String> arguments) throws MalformedMessage {
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            arguments.add(text(json));
        }
    }

    private static String text(JsonParser json) throws MalformedMessage {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING);
        return json.getString();
    }

    private static int number(JsonParser json) throws MalformedMessage {
        expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }

    private static boolean truth(JsonParser json) throws MalformedMessage {
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            expect(json, json.currentToken(), JsonToken.VALUE_FALSE);
        }
        return json.getBooleanValue();
    }

    private static void expect(JsonParser json, @Nullable JsonToken token, JsonToken expected)
            throws MalformedMessage {
        if (token != expected) {
            throw malformed(json, (token == null ? "the end" : token.name()) + " instead of " + expected.name());
        }
    }

    private static MalformedMessage malformed(JsonParser json, String reason) {
        return new MalformedMessage(reason, Math.max(0, json.currentLocation().getByteOffset()));
    }
}
