package dev.slipway.cli.door;

import static dev.slipway.cli.door.PortServer.line;
import static dev.slipway.cli.door.PortServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A door that listens all the time, where the system can prefer others. */
class LastInLineDoorTest extends DoorContract {
    private static final int ENDS = 30;

    @BeforeAll
    static void the_system_can_choose() {
        Assumptions.assumeTrue(LastInLine.isPossible(), "this system does not choose among the listeners of a port");
    }

    @Override
    Door keep(InetSocketAddress address, DoorRules rules, Served served) {
        return Door.keep(address, rules, served, log::add);
    }

    @Override
    boolean isOpen() throws IOException {
        return !ListenerTable.at(server.address().getPort()).isEmpty();
    }

    @Test
    void nobody_is_refused_however_suddenly_and_often_a_server_ends() throws Exception {
        Door door = open(ROOMY);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        Thread visitor = Thread.ofPlatform().daemon().start(() -> visit(refused, answered));

        for (int end = 0; end < ENDS; end++) {
            int before = answered.get();
            server.comesBack();
            await().atMost(SOON).until(() -> answered.get() > before + 20);
            server.dies();
        }

        server.comesBack();
        int before = answered.get();
        await().atMost(SOON).until(() -> answered.get() > before);
        visitor.interrupt();
        visitor.join();
        assertThat(log).noneMatch(line -> line.contains("comes and goes"));
        assertThat(refused).hasValue(0);
        assertThat(door.counts().heldTooLong()).isZero();
    }

    @Test
    void while_somebody_listens_nobody_comes_to_the_door() throws IOException {
        Door door = open(ROOMY);
        server.comesBack();

        answers(100);

        assertThat(door.counts()).isEqualTo(new Counts(0, 0, 0));
        assertThat(log).isEmpty();
    }

    @Test
    void who_listened_before_it_is_preferred_too_and_who_listens_next() throws IOException {
        server.comesBack();
        Door door = kept(ROOMY);
        await().atMost(SOON).until(this::bothListen);
        answers(100);
        assertThat(door.counts().taken()).isZero();

        server.dies();
        SocketChannel held = client();
        say(held, "held");
        await().atMost(SOON).until(() -> door.counts().taken() == 1);
        server.comesBack();

        assertThat(line(held)).isEqualTo("127.0.0.1 held");
        answers(100);
        assertThat(door.counts()).isEqualTo(new Counts(1, 1, 0));
    }

    @Test
    void who_ended_and_came_back_before_it_looked_serves_all_and_is_preferred_again() throws IOException {
        server.comesBack();
        Door door = kept(ROOMY);
        await().atMost(SOON).until(this::bothListen);
        server.dies();
        server.comesBack();

        answers(20);

        long taken = door.counts().taken();
        answers(100);
        assertThat(door.counts().taken()).isEqualTo(taken);
        assertThat(log).noneMatch(line -> line.contains("comes and goes"));
    }

    @Test
    void one_that_takes_over_from_another_leaves_the_door_out_of_it() throws IOException {
        Door door = open(ROOMY);
        server.comesBack();
        try (PortServer second = PortServer.beside(server)) {
            second.comesBack();
            answers(50);
            server.dies();
            answers(50);
        }

        assertThat(door.counts().taken()).isZero();
    }

    private boolean bothListen() throws IOException {
        return ListenerTable.at(server.address().getPort()).size() == 2;
    }

    private void answers(int visits) throws IOException {
        for (int i = 0; i < visits; i++) {
            try (SocketChannel visitor = SocketChannel.open(server.address())) {
                say(visitor, "visit " + i);
                assertThat(line(visitor)).isEqualTo("127.0.0.1 visit " + i);
            }
        }
    }

    /** Whose request is in flight when a server ends has lost it, and nobody else has. */
    private void visit(AtomicInteger refused, AtomicInteger answered) {
        while (!Thread.currentThread().isInterrupted()) {
            try (SocketChannel visitor = SocketChannel.open(server.address())) {
                say(visitor, "please");
                if (!line(visitor).isEmpty()) {
                    answered.incrementAndGet();
                }
            } catch (ConnectException nobodyListens) {
                refused.incrementAndGet();
            } catch (IOException inFlight) {
                // the next visit
            }
        }
    }
}
