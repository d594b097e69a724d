package dev.slipway.platform.inbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GreenMail's server reads a mail of any size into memory, from any number of clients. This one has limits. */
final class BoundedSmtpServer extends SmtpServer {
    private static final Logger log = LoggerFactory.getLogger(BoundedSmtpServer.class);
    private static final int CONNECTIONS_MAX = 16;

    private final int connectionBytesMax;
    private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);

    BoundedSmtpServer(ServerSetup setup, Managers managers, int connectionBytesMax) {
        super(setup, managers);
        this.connectionBytesMax = connectionBytesMax;
    }

    @Override
    protected ServerSocket openServerSocket() throws IOException {
        ServerSocket socket = new BoundedServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bindTo, setup.getPort()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        setup = setup.port(socket.getLocalPort());
        return socket;
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        return new QuietHandler(super.createProtocolHandler(client));
    }

    /** GreenMail puts what it has read into the exception of a broken connection, and that would end up in the log. */
    private final class QuietHandler implements ProtocolHandler {
        private final ProtocolHandler handler;

        QuietHandler(ProtocolHandler handler) {
            this.handler = handler;
        }

        @Override
        public void run() {
            if (!connections.tryAcquire()) {
                log.warn("More than {} mail clients at once, one is turned away", CONNECTIONS_MAX);
                handler.close();
                return;
            }
            try {
                handler.run();
            } catch (RuntimeException e) {
                log.warn("A mail client's connection broke ({})", e.getClass().getSimpleName());
            } finally {
                connections.release();
            }
        }

        @Override
        public void close() {
            handler.close();
        }
    }

    private final class BoundedServerSocket extends ServerSocket {
        BoundedServerSocket() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Socket socket = new BoundedSocket(connectionBytesMax);
            implAccept(socket);
            return socket;
        }
    }

    private static final class BoundedSocket extends Socket {
        private final int bytesMax;

        BoundedSocket(int bytesMax) {
            this.bytesMax = bytesMax;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new BoundedInputStream(super.getInputStream(), bytesMax);
        }
    }

    private static final class BoundedInputStream extends FilterInputStream {
        private int bytesLeft;

        BoundedInputStream(InputStream in, int bytesMax) {
            super(in);
            this.bytesLeft = bytesMax;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws IOException {
            bytesLeft -= bytes;
            if (bytesLeft < 0) {
                throw new IOException("more than a mail client may send over one connection");
            }
        }
    }
}
