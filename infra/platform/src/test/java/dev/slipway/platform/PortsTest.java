package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void a_port_is_shared_where_its_holder_lets_others_in_and_is_in_use_all_the_same() throws IOException {
        try (ServerSocketChannel sharing = ServerSocketChannel.open();
                ServerSocketChannel alone = ServerSocketChannel.open()) {
            sharing.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            sharing.bind(new InetSocketAddress(Ports.ADDRESS, 0));
            alone.bind(new InetSocketAddress(Ports.ADDRESS, 0));

            assertThat(Ports.isShared(sharing.socket().getLocalPort())).isTrue();
            assertThat(Ports.isFree(sharing.socket().getLocalPort())).isFalse();
            assertThat(Ports.isShared(alone.socket().getLocalPort())).isFalse();
        }
    }
}
