package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
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
            sharing.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            alone.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));

            assertThat(Ports.isShared(sharing.socket().getLocalPort())).isTrue();
            assertThat(Ports.isFree(sharing.socket().getLocalPort())).isFalse();
            assertThat(Ports.isShared(alone.socket().getLocalPort())).isFalse();
        }
    }
}
