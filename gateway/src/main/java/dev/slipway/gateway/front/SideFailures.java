package dev.slipway.gateway.front;

import dev.slipway.gateway.front.SideHandler.FirstByteLate;
import dev.slipway.gateway.passing.SideFailure;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** What an exception of the exchange with a version means. */
final class SideFailures {
    private SideFailures() {}

    /** The client sent more than it may. */
    static final class BodyTooLarge extends RuntimeException {
        BodyTooLarge() {
            super("the body is too large", null, false, false);
        }
    }

    /** The client's connection ended within its request. */
    static final class ClientGone extends RuntimeException {
        ClientGone() {
            super("the request broke off", null, false, false);
        }
    }

    /** @param begun whether an answer had begun */
    static SideFailure of(Throwable thrown, boolean begun) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BodyTooLarge _ -> {
                    return SideFailure.TOO_LARGE;
                }
                case ClientGone _ -> {
                    return SideFailure.CLIENT_GONE;
                }
                case FirstByteLate _ -> {
                    return SideFailure.TIMED_OUT;
                }
                default -> {} // look deeper
            }
        }
        if (begun) {
            return SideFailure.BROKE_OFF;
        }
        return switch (thrown) {
            case PrematureCloseException _, AbortedException _ -> SideFailure.NO_ANSWER;
            case java.net.ConnectException _, UnknownHostException _ -> SideFailure.NOT_CONNECTED;
            case java.net.NoRouteToHostException _, java.net.PortUnreachableException _ -> SideFailure.NOT_CONNECTED;
            case PoolAcquirePendingLimitException _, PoolAcquireTimeoutException _ -> SideFailure.NOT_CONNECTED;
            case javax.net.ssl.SSLException _ -> SideFailure.NOT_CONNECTED;
            case SocketException _ -> SideFailure.NO_ANSWER;
            case IOException _ -> SideFailure.NO_ANSWER;
            default -> SideFailure.UNREADABLE;
        };
    }
}
