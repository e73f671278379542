package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/// Addresses as people type them.
final class ListenAddressTest {

    private final ListenAddress reader = new ListenAddress();

    @Test
    void bothKindsOfAddressAreRead() {
        InetSocketAddress fourth = reader.convert("127.0.0.1:4242");
        InetSocketAddress sixth = reader.convert("[::1]:0");

        assertThat(fourth.getAddress().isLoopbackAddress()).isTrue();
        assertThat(fourth.getPort()).isEqualTo(4242);
        assertThat(sixth.getAddress()).isInstanceOf(Inet6Address.class);
        assertThat(sixth.getPort()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4242", ":4242", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:0",
        "[::1]", "[::1:0", "localhost:1", "127.0.0.256:1", "[127.0.0.1:1", "127.0.0.1:+-3", "[]:1"})
    void anythingElseIsAMistake(String typed) {
        assertThatThrownBy(() -> reader.convert(typed)).isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("ADDRESS:PORT");
    }
}
