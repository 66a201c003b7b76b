package ru.reklamai.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import ru.reklamai.e2e.Client;
import ru.reklamai.e2e.Stack;
import ru.reklamai.e2e.StackCommand;
import ru.reklamai.e2e.User;

/** Tokens that somebody made, at the gateway and at the services behind it. */
@ExtendWith(Stack.class)
class TokenTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private ObjectNode header;
    private ObjectNode claims;
    private RSAPrivateCrtKey key;

    @BeforeEach
    void takeARealTokenApart() throws Exception {
        String[] parts = new User().client.accessToken().split("\\.", -1);
        header = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        String pem = Files.readString(StackCommand.root().resolve(".local/e2e-signing-key.pem"));
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    @Test
    void aTokenMadeAsWeMakeThemWorks() throws Exception {
        assertThat(statusAtGateway(signed(key))).isEqualTo(200);
    }

    @Test
    void noneIsNoSignature() {
        header.put("alg", "none");
        assertRefused(unsigned() + ".");
    }

    @Test
    void anotherKeyIsNotOurs() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        assertRefused(signed(generator.generateKeyPair().getPrivate()));
    }

    @Test
    void anotherIssuerIsNotUs() throws Exception {
        claims.put("iss", "https://evil.example");
        assertRefused(signed(key));
    }

    @Test
    void whatHasEndedHasEnded() throws Exception {
        claims.put("exp", Instant.now().getEpochSecond() - 120);
        assertRefused(signed(key));
    }

    @Test
    void aTokenWithoutAnEndIsNone() throws Exception {
        claims.remove("exp");
        assertRefused(signed(key));
    }

    @Test
    void thePublicKeyIsNoSecret() throws Exception {
        header.put("alg", "HS256");
        byte[] publicKey = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                .getEncoded();
        for (byte[] secret : new byte[][] {
            publicKey,
            ("-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
                            + "\n-----END PUBLIC KEY-----\n")
                    .getBytes(StandardCharsets.UTF_8)
        }) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String unsigned = unsigned();
            assertRefused(unsigned + "." + URL.encodeToString(mac.doFinal(unsigned.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void whatIsSignedCantBeChanged() throws Exception {
        String[] parts = signed(key).split("\\.", -1);
        claims.putArray("groups").add("admin");
        assertRefused(parts[0] + "." + URL.encodeToString(JSON.writeValueAsBytes(claims)) + "." + parts[2]);
    }

    @Test
    void aTokenInTheAddressIsNotLookedAt() throws Exception {
        String token = signed(key);
        assertThat(Http.send("GET", Stack.GATEWAY + "/api/v1/credits?token=" + token, new byte[0])
                        .statusCode())
                .isEqualTo(401);
        assertThatThrownBy(() -> new Client(Stack.GATEWAY).connect("?token=" + token, update -> {}))
                .hasStackTraceContaining("401");
    }

    private void assertRefused(String token) {
        assertThat(statusAtGateway(token)).isEqualTo(401);
        assertThat(status("http://127.0.0.1:28082/api/v1/credits", token)).isEqualTo(401);
        assertThat(status("http://127.0.0.1:28081/api/v1/auth/me", token)).isEqualTo(401);
        var client = new Client(Stack.GATEWAY);
        client.useToken(token);
        assertThatThrownBy(() -> client.connect("", update -> {})).hasStackTraceContaining("401");
    }

    private static int statusAtGateway(String token) {
        return status(Stack.GATEWAY + "/api/v1/credits", token);
    }

    private static int status(String url, String token) {
        return Http.send("GET", url, new byte[0], "Authorization", "Bearer " + token)
                .statusCode();
    }

    private String signed(PrivateKey signer) throws Exception {
        String unsigned = unsigned();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer);
        signature.update(unsigned.getBytes(StandardCharsets.UTF_8));
        return unsigned + "." + URL.encodeToString(signature.sign());
    }

    private String unsigned() {
        return URL.encodeToString(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + URL.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
    }
}
