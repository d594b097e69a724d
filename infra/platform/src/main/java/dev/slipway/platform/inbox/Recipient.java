package dev.slipway.platform.inbox;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/**
 * Someone whom an envelope names. GreenMail delivers to each in turn; the first hands the mail to the inbox for all, so
 * that it is shown once, with everyone to whom it went.
 */
final class Recipient implements GreenMailUser {
    private final Arrivals arrivals;
    private final String address;

    Recipient(Arrivals arrivals, String address) {
        this.arrivals = arrivals;
        this.address = address;
    }

    @Override
    public void deliver(MovingMessage message) {
        List<String> to = message.getToAddresses().stream()
                .map(one -> one.getEmail())
                .distinct()
                .toList();
        if (address.equals(to.getFirst())) {
            ReadMail read =
                    ReadMail.of(message.getMessage(), message.getReturnPath().getEmail());
            arrivals.deliver(seq -> read.email(seq, to, arrivals.now()));
        }
    }

    @Override
    public void deliver(MimeMessage message) {
        throw new UnsupportedOperationException("mail comes with an envelope");
    }

    @Override
    public String getEmail() {
        return address;
    }

    @Override
    public String getLogin() {
        return address;
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public String getQualifiedMailboxName() {
        return address;
    }

    @Override
    public void create() {}

    @Override
    public void delete() {}

    @Override
    public void setPassword(String password) {}

    @Override
    public void authenticate(String password) {}
}
