package dev.slipway.gateway.proxy;

import dev.slipway.web.BodyLimitFilter.BodyTooLarge;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.apache.catalina.connector.ClientAbortException;

/** Why no answer came. */
public sealed interface Failure {
    /** The client sent more than it may. */
    record TooLarge(BodyTooLarge cause) implements Failure {}

    /** The client went away, or its request broke off. */
    record ClientGone() implements Failure {}

    /** No connection came about, so nothing was sent. */
    record NotConnected(String cause) implements Failure {}

    /** The connection broke before an answer; whether the server did what was asked is not known. */
    record BrokeOff(String cause) implements Failure {}

    /** The server did not answer in time; whether it did what was asked is not known. */
    record TimedOut() implements Failure {}

    /** What an exception of the exchange means. */
    static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BodyTooLarge tooLarge -> {
                    return new TooLarge(tooLarge);
                }
                case ClientAbortException _ -> {
                    return new ClientGone();
                }
                case HttpConnectTimeoutException _ -> {
                    return new NotConnected("no connection in time");
                }
                case HttpTimeoutException _ -> {
                    return new TimedOut();
                }
                case ConnectException _ -> {
                    return new NotConnected("the connection was refused");
                }
                case IOException io
                when io.getCause() == null -> {
                    return new BrokeOff(
                            io.getClass().getSimpleName() + (io.getMessage() == null ? "" : ": " + io.getMessage()));
                }
                default -> {} // look deeper
            }
        }
        return new BrokeOff(thrown.getClass().getSimpleName());
    }
}
