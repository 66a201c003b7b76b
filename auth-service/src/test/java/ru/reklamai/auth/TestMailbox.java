package ru.reklamai.auth;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was really mailed. */
@ApplicationScoped
public class TestMailbox {

    private static final Pattern LINK = Pattern.compile("#([a-z-]+)=([A-Za-z0-9_-]+)");

    private final MockMailbox mailbox;

    TestMailbox(MockMailbox mailbox) {
        this.mailbox = mailbox;
    }

    public List<Mail> sentTo(String email) {
        return mailbox.getMailsSentTo(email);
    }

    /** Waits for the mail and returns the token in its link. */
    public String tokenFor(String purpose, String email) {
        return await().until(
                        () -> sentTo(email).stream()
                                .map(mail -> LINK.matcher(mail.getText()))
                                .filter(Matcher::find)
                                .filter(link -> link.group(1).equals(purpose))
                                .map(link -> link.group(2))
                                .toList(),
                        not(empty()))
                .getFirst();
    }
}
