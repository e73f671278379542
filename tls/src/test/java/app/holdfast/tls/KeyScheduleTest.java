package app.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// With the values of RFC 8448 section 3, "Simple 1-RTT Handshake".
class KeyScheduleTest {

    private static final String SHARED = "8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d";
    private static final String HELLOS = "860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8";
    private static final String TO_SERVER_FINISHED = "9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13";

    @Test
    void secretsAreThoseOfTheStandard() {
        var keys = new KeySchedule(HashAlgorithm.SHA256);

        keys.agreed(hex(SHARED), hex(HELLOS));
        keys.serverFinished(hex(TO_SERVER_FINISHED));

        assertThat(keys.clientHandshakeSecret())
                .isEqualTo(hex("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21"));
        assertThat(keys.serverHandshakeSecret())
                .isEqualTo(hex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38"));
        assertThat(keys.clientApplicationSecret())
                .isEqualTo(hex("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5"));
        assertThat(keys.serverApplicationSecret())
                .isEqualTo(hex("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643"));
    }

    @Test
    void stagesAreThoseOfTheStandard() {
        var hash = HashAlgorithm.SHA256;

        byte[] early = hash.extract(hash.zeros(), hash.zeros());
        byte[] handshake = hash.extract(hash.derived(early), hex(SHARED));
        byte[] master = hash.extract(hash.derived(handshake), hash.zeros());

        assertThat(early).isEqualTo(hex("33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a"));
        assertThat(hash.derived(early))
                .isEqualTo(hex("6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba"));
        assertThat(handshake).isEqualTo(hex("1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac"));
        assertThat(master).isEqualTo(hex("18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919"));
    }

    @Test
    void wipedSecretsAreGone() {
        var keys = new KeySchedule(HashAlgorithm.SHA384);
        keys.agreed(new byte[32], new byte[48]);
        byte[] copy = keys.clientHandshakeSecret();

        keys.wipe();

        assertThat(copy).hasSize(48).isNotEqualTo(new byte[48]);
        assertThatThrownBy(keys::clientHandshakeSecret).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(keys::serverApplicationSecret).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
