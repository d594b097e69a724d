package dev.slipway.cli.door;

import static dev.slipway.cli.door.PortServer.line;
import static dev.slipway.cli.door.PortServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** A door where the system prefers nobody. */
class ComingAndGoingDoorTest extends DoorContract {
    @Override
    Door keep(InetSocketAddress address, DoorRules rules, Served served) {
        return Door.comingAndGoing(address, rules, served, log::add);
    }

    @Override
    boolean isOpen() {
        return !log.isEmpty() && log.getLast().contains("who comes is held until somebody does");
    }

    @Test
    void it_leaves_the_port_to_whoever_serves_and_comes_back_each_time_that_nobody_does() throws IOException {
        Door door = open(ROOMY);
        for (int time = 0; time < 3; time++) {
            SocketChannel held = client();
            say(held, "held");
            await().atMost(SOON).until(() -> door.counts().taken() > 0);
            server.comesBack();
            assertThat(line(held)).isEqualTo("127.0.0.1 held");
            await().atMost(SOON).until(() -> log.getLast().contains("somebody serves"));

            SocketChannel direct = client();
            say(direct, "direct");
            assertThat(line(direct)).isEqualTo("127.0.0.1 direct");
            assertThat(door.counts().taken()).isEqualTo(door.counts().passedOn());

            server.dies();
            door.look();
            await().atMost(SOON).until(this::isOpen);
            assertThat(door.counts().taken()).isZero();
        }
    }

    @Test
    void while_somebody_is_there_who_does_not_listen_yet_it_stays_out() throws IOException {
        server.claimsToListen();
        kept(ROOMY);

        assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
        assertThat(log).isEmpty();
    }
}
