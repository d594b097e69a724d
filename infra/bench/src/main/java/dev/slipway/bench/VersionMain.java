package dev.slipway.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A version that answers as fast as it can, as a process of its own: listens on 127.0.0.1, says {@code READY PORT}, and
 * ends with its standard input.
 */
public final class VersionMain {
    private static final int WAITING_MAX = 8_192;

    private VersionMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, WAITING_MAX)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Serving());
                    }
                })
                .bind(InetAddress.ofLiteral("127.0.0.1"), 0)
                .sync()
                .channel();
        System.out.println("READY " + ((InetSocketAddress) listening.localAddress()).getPort());
        while (System.in.read() >= 0) {
            // whoever started it holds its standard input open for as long as it is to run
        }
        System.exit(0);
    }
}
