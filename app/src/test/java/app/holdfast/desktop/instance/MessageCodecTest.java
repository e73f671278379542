package app.holdfast.desktop.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages survive the way, and nothing else is taken for one.
final class MessageCodecTest {

    private static final List<Message> ONE_OF_EACH = List.of(
            new Message.Run(new Request(List.of("tag", "add", "Grüße 🌋", ""), "/home/ada", true, false, "de")),
            new Message.Answer(Optional.of("y")), new Message.Answer(Optional.empty()),
            new Message.Output("{\"a\":1}\n"), new Message.Complaint("\u001B[2J"), new Message.Question("?"),
            new Message.Refused("busy", "later"), new Message.Ended(2));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedMessage {
        for (Message message : ONE_OF_EACH) {
            assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void halfASurrogatePairDoesNotStopTheRest() throws MalformedMessage {
        Message read = MessageCodec.decode(MessageCodec.encode(new Message.Output("a\uD83Cb")));

        assertThat(read).isEqualTo(new Message.Output("a?b"));
    }

    @Test
    void fieldsOfANewerCallerArePassedOver() throws MalformedMessage {
        Message read = MessageCodec.decode(bytes("""
                {"run":{"version":1,"colour":{"deep":[1,2]},"arguments":["status"],"directory":"/"}}"""));

        assertThat(read).isEqualTo(new Message.Run(new Request(List.of("status"), "/", false, false, "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "\"run\"", "{\"run\":null}", "{\"run\":{}}",
        "{\"exit\":\"0\"}", "{\"exit\":99999999999}", "{\"exit\":0.5}", "{\"exit\":0,\"exit\":1}", "{\"exit\":0}{}",
        "{\"out\":1}", "{\"answer\":{}}", "{\"refused\":[]}", "{\"fire\":1}", "GET / HTTP/1.1",
        "{\"run\":{\"version\":2}}", "{\"run\":{\"version\":1,\"arguments\":[1]}}",
        "{\"run\":{\"version\":1,\"arguments\":[\"a\""})
    void nothingElseIsAMessage(String text) {
        assertThatThrownBy(() -> MessageCodec.decode(bytes(text))).isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("at byte");
    }

    @Test
    void deepNestingEndsInAnError() {
        String deep = "{\"run\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";

        assertThatThrownBy(() -> MessageCodec.decode(bytes(deep))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void changedBytesAreReadOrRefusedButNeverElse() {
        long seed = System.nanoTime();
        System.out.println("MessageCodecTest seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = MessageCodec.encode(ONE_OF_EACH.get(random.nextInt(ONE_OF_EACH.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(MessageCodec.decode(bytes)).isNotNull();
            } catch (MalformedMessage refused) {
                assertThat(refused).hasMessageContaining("at byte");
            }
        }
    }
}
