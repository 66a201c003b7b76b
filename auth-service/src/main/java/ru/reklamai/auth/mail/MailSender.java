package ru.reklamai.auth.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.quarkus.qute.Engine;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sends the mails that were ordered; those that the mail server does not take again, after ever longer pauses. */
@ApplicationScoped
class MailSender {

    private static final Logger LOG = Logger.getLogger(MailSender.class);

    private final Mails mails;
    private final MailRepository repository;
    private final MailConfig config;
    private final Mailer mailer;
    private final Engine templates;
    private final MeterRegistry metrics;

    MailSender(
            Mails mails,
            MailRepository repository,
            MailConfig config,
            Mailer mailer,
            Engine templates,
            MeterRegistry metrics) {
        this.mails = mails;
        this.repository = repository;
        this.config = config;
        this.mailer = mailer;
        this.templates = templates;
        this.metrics = metrics;
    }

    @Scheduled(every = "${reklamai.mail.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sendDue() {
        repository.claim().forEach(this::send);
    }

    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    void deleteOld() {
        repository.deleteOld();
    }

    private void send(MailRepository.DueMail due) {
        String purpose = due.purpose().text();
        try {
            mailer.send(toMail(due));
            repository.markSent(due.id());
            LOG.infof("mail sent: mailId=%s purpose=%s userId=%s", due.id(), purpose, due.userId());
            count(purpose, "sent");
        } catch (RuntimeException e) {
            LOG.warnf("mail not sent, it will be tried again: mailId=%s purpose=%s cause=%s", due.id(), purpose, e);
            count(purpose, "failed");
        }
    }

    private void count(String purpose, String outcome) {
        metrics.counter("reklamai.mails", "purpose", purpose, "outcome", outcome)
                .increment();
    }

    /** The first line of a template is the subject. */
    private Mail toMail(MailRepository.DueMail due) {
        String purpose = due.purpose().text();
        String link = config.page() + "#" + purpose + "=" + mails.tokenOf(due.purpose(), due.id());
        String text = templates
                .getTemplate("mail/" + purpose + "." + due.language() + ".txt")
                .data("link", link)
                .render();
        int endOfSubject = text.indexOf('\n');
        return Mail.withText(
                due.email(),
                text.substring(0, endOfSubject),
                text.substring(endOfSubject).strip() + "\n");
    }
}
