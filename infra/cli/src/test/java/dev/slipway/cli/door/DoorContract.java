package dev.slipway.cli.door;

import static dev.slipway.cli.door.PortServer.line;
import static dev.slipway.cli.door.PortServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of a door, whether it is last in line or comes and goes. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
abstract class DoorContract {
    static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    static final DoorRules ROOMY = new DoorRules(100, Duration.ofMinutes(1));

    final List<String> log = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    PortServer server;

    abstract Door keep(InetSocketAddress address, DoorRules rules, Served served);

    abstract boolean isOpen() throws IOException;

    @BeforeEach
    void nobodyServes() throws IOException {
        server = PortServer.away();
        opened.add(server);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void who_comes_while_nobody_serves_is_held_and_answered_in_turn_when_somebody_does_again() throws IOException {
        Door door = open(ROOMY);
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(client());
            say(clients.getLast(), "client " + i);
        }
        await().atMost(SOON).until(() -> door.counts().taken() == 50);

        server.comesBack();

        for (int i = 0; i < 50; i++) {
            assertThat(line(clients.get(i))).isEqualTo("127.0.0.1 client " + i);
        }
        assertThat(door.counts()).isEqualTo(new Counts(50, 50, 0));
        await().atMost(SOON).until(() -> log.getLast().contains("of 50 connections 50 were passed on"));
        say(clients.getFirst(), "once more");
        assertThat(line(clients.getFirst())).isEqualTo("127.0.0.1 once more");
    }

    @Test
    void beyond_the_bound_none_is_taken_and_those_who_wait_in_the_queue_are_answered_all_the_same() throws IOException {
        Door door = open(new DoorRules(2, Duration.ofMinutes(1)));
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(client());
            say(clients.getLast(), "client " + i);
        }
        await().atMost(SOON).until(() -> door.counts().taken() == 2);
        await().during(Duration.ofMillis(300))
                .atMost(SOON)
                .until(() -> door.counts().taken() == 2);

        server.comesBack();

        for (int i = 0; i < 3; i++) {
            assertThat(line(clients.get(i))).isEqualTo("127.0.0.1 client " + i);
        }
    }

    @Test
    void who_is_held_too_long_is_closed_and_counted_and_the_next_one_is_not() throws IOException {
        Door door = open(new DoorRules(10, Duration.ofSeconds(1)));
        SocketChannel first = client();

        await().atMost(SOON).until(() -> door.counts().heldTooLong() == 1);

        assertThat(line(first)).isEmpty();
        assertThat(log.getLast()).contains("a connection was closed that had waited");
        SocketChannel second = client();
        say(second, "in time");
        server.comesBack();
        assertThat(line(second)).isEqualTo("127.0.0.1 in time");
    }

    @Test
    void an_end_of_one_direction_is_passed_on_as_that_and_the_other_goes_on() throws IOException {
        Door _ = open(ROOMY);
        SocketChannel client = client();
        Thread sender = Thread.ofVirtual().start(() -> sendThenShut(client, 3_000_000));

        server.comesBack(asked -> {
            say(asked, "I take what you have");
            long bytes = 0;
            ByteBuffer piece = ByteBuffer.allocate(10_000);
            for (int read = asked.read(piece); read >= 0; read = asked.read(piece.clear())) {
                bytes += read;
            }
            say(asked, bytes + " bytes");
        });

        assertThat(line(client)).isEqualTo("I take what you have");
        assertThat(line(client)).isEqualTo("3000000 bytes");
        assertThat(line(client)).isEmpty();
        await().atMost(SOON).until(() -> !sender.isAlive());
    }

    @Test
    void an_answer_that_breaks_off_breaks_off_for_the_client() throws IOException {
        Door _ = open(ROOMY);
        SocketChannel client = client();
        say(client, "please");

        server.comesBack(asked -> {
            line(asked);
            say(asked, "the first half");
            line(asked);
            asked.setOption(StandardSocketOptions.SO_LINGER, 0);
        });

        assertThat(line(client)).isEqualTo("the first half");
        say(client, "and the second?");
        assertThatThrownBy(() -> line(client)).isInstanceOf(IOException.class);
    }

    @Test
    void the_server_sees_the_clients_own_address() throws IOException {
        Door _ = open(ROOMY);
        SocketChannel client = SocketChannel.open();
        opened.add(client);
        client.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0))
                .connect(server.address());
        say(client, "it is me");

        server.comesBack();

        assertThat(line(client)).isEqualTo("127.0.0.2 it is me");
    }

    @Test
    void who_is_said_to_listen_and_does_not_gets_nobody_and_nobody_is_lost() throws IOException {
        Door door = open(ROOMY);
        SocketChannel client = client();
        SocketChannel another = client();
        say(client, "patient");
        say(another, "patient, too");
        await().atMost(SOON).until(() -> door.counts().taken() == 2);

        server.claimsToListen();
        await().during(Duration.ofMillis(500))
                .atMost(SOON)
                .until(() -> door.counts().passedOn() == 0);
        server.comesBack();

        assertThat(line(client)).isEqualTo("127.0.0.1 patient");
        assertThat(line(another)).isEqualTo("127.0.0.1 patient, too");
    }

    @Test
    void a_port_that_another_program_has_for_itself_is_said_once_and_tried_again() throws IOException {
        try (ServerSocketChannel alone = ServerSocketChannel.open().bind(server.address())) {
            kept(ROOMY);
            String said = "who comes to port %d while nobody serves cannot be held: "
                    .formatted(alone.socket().getLocalPort());
            await().atMost(SOON).until(() -> !log.isEmpty());
            await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> log.size() == 1);
            assertThat(log.getFirst()).startsWith(said);
        }

        await().atMost(SOON).until(this::isOpen);
        assertThat(log).noneMatch(line -> line.contains("comes and goes"));
    }

    @Test
    void when_it_closes_who_is_held_is_let_go_and_who_waits_for_an_answer_gets_it_first() throws IOException {
        Door door = open(ROOMY);
        SocketChannel answered = client();
        SocketChannel waiting = client();
        say(answered, "quick");
        say(waiting, "slow");
        server.comesBack(client -> {
            String line = line(client);
            if (line.equals("slow")) {
                await().atMost(SOON).until(() -> hasEnded(answered));
            }
            say(client, line + " answer");
            line(client);
        });
        assertThat(line(answered)).isEqualTo("quick answer");
        Thread closing = Thread.ofVirtual().start(door::close);

        assertThat(line(waiting)).isEqualTo("slow answer");

        await().atMost(SOON).until(() -> !closing.isAlive());
        assertThat(line(waiting)).isEmpty();
        server.dies();
        await().atMost(SOON)
                .untilAsserted(() -> assertThatThrownBy(this::client).isInstanceOf(ConnectException.class));
    }

    @Test
    void who_is_held_when_it_closes_is_let_go() throws IOException {
        Door door = open(ROOMY);
        SocketChannel held = client();
        await().atMost(SOON).until(() -> door.counts().taken() == 1);

        door.close();

        assertThat(line(held)).isEmpty();
        assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
    }

    @Test
    void it_is_on_this_machine_alone() {
        assertThatThrownBy(() -> keep(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80), ROOMY, server))
                .hasMessageContaining("on a loopback address");
    }

    /** Waits until it is open. */
    Door open(DoorRules rules) {
        Door door = kept(rules);
        await().atMost(SOON).until(this::isOpen);
        return door;
    }

    Door kept(DoorRules rules) {
        Door door = keep(server.address(), rules, server);
        opened.add(door);
        return door;
    }

    SocketChannel client() throws IOException {
        SocketChannel client = SocketChannel.open();
        opened.add(client);
        client.connect(server.address());
        return client;
    }

    private static boolean hasEnded(SocketChannel client) throws IOException {
        try {
            client.configureBlocking(false);
            return client.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            return true;
        } finally {
            client.configureBlocking(true);
        }
    }

    private static void sendThenShut(SocketChannel to, int bytes) {
        try {
            ByteBuffer all = ByteBuffer.allocate(bytes);
            while (all.hasRemaining()) {
                to.write(all);
            }
            to.shutdownOutput();
        } catch (IOException brokenOff) {
            throw new AssertionError(brokenOff);
        }
    }
}
