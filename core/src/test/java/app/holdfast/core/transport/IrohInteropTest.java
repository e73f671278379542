package app.holdfast.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.DialException.Reason;
import app.holdfast.core.transport.pairing.EndpointTicket;

/// Our endpoint and a real one of iroh, both ways.
@Tag("interop")
class IrohInteropTest {

    @TempDir
    private Path folder;
    private Devices devices;
    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        devices = new Devices(folder);
        endpoint = devices.open(devices.identity(), Map.of(Alpn.SYNC, new Service(peer -> false, link -> {})));
    }

    @AfterEach
    void close() {
        devices.close();
    }

    @Test
    void irohGetsItsBytesBack() throws IOException {
        String ticket = new EndpointTicket(endpoint.id(), endpoint.addresses()).text();

        JsonNode said = ask(ticket, "is anyone there? äöü");

        assertThat(said.path("answer").asString()).isEqualTo("is anyone there? äöü");
        assertThat(said.path("peer").asString()).isEqualTo(endpoint.id().hex());
    }

    @Test
    void irohGetsTheLargestQuestionBack() throws IOException {
        String ticket = new EndpointTicket(endpoint.id(), endpoint.addresses()).text();
        String question = "x".repeat(Echo.BYTES_MAX);

        JsonNode said = ask(ticket, question);

        assertThat(said.path("answer").asString()).isEqualTo(question);
    }

    @Test
    void irohRefusesUsWhenItExpectsAnotherDevice() throws IOException {
        DeviceId other = devices.identity().id();
        String ticket = new EndpointTicket(other, endpoint.addresses()).text();

        JsonNode said = ask(ticket, "who are you?");

        assertThat(said.path("error").asString()).contains("invalid peer certificate");
        assertThat(said.has("answer")).isFalse();
    }

    @Test
    void ourPingReachesIrohsTicket() throws Exception {
        try (IrohPeer peer = new IrohPeer("answer")) {
            JsonNode ready = peer.next();
            EndpointTicket ticket = EndpointTicket.parse(ready.path("ticket").asString());

            List<Long> micros = endpoint.ping(ticket.device(), ticket.addresses(), 5);

            assertThat(ticket.device().hex()).isEqualTo(ready.path("id").asString());
            assertThat(ticket.text()).isEqualTo(ready.path("ticket").asString());
            assertThat(micros).hasSize(5);
            assertThat(peer.next().path("accepted").asString()).isEqualTo(endpoint.id().hex());
            System.out.println("ping to iroh: " + micros + " us");
        }
    }

    @Test
    void weRefuseIrohWhenWeExpectAnotherDevice() throws Exception {
        DeviceId other = devices.identity().id();
        try (IrohPeer peer = new IrohPeer("answer")) {
            EndpointTicket ticket = EndpointTicket.parse(peer.next().path("ticket").asString());

            var failure = catchThrowableOfType(DialException.class, () -> endpoint.ping(other, ticket.addresses(), 1));

            assertThat(failure.reason()).isEqualTo(Reason.OTHER_DEVICE);
            assertThat(endpoint.ping(ticket.device(), ticket.addresses(), 1)).hasSize(1);
        }
    }

    @Test
    void irohDoesNotSpeakWhatItDoesNotKnow() throws Exception {
        try (IrohPeer peer = new IrohPeer("answer")) {
            EndpointTicket ticket = EndpointTicket.parse(peer.next().path("ticket").asString());

            var failure = catchThrowableOfType(DialException.class,
                    () -> endpoint.dial(ticket.device(), ticket.addresses(), Alpn.SYNC));

            assertThat(failure.reason()).isEqualTo(Reason.OTHER_PROTOCOL);
        }
    }

    private static JsonNode ask(String ticket, String text) throws IOException {
        try (IrohPeer peer = new IrohPeer("ask", ticket, text)) {
            return peer.next();
        }
    }
}
