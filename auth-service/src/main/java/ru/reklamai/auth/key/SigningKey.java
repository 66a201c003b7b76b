package ru.reklamai.auth.key;

import io.smallrye.jwt.util.KeyUtils;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.keys.RsaKeyUtil;
import org.jose4j.lang.JoseException;

/** The RSA key that signs access tokens. */
public final class SigningKey {

    private final PrivateKey privateKey;
    private final RsaJsonWebKey publicKey;

    /** @param pem PKCS#8; line breaks may be written as \n */
    SigningKey(String pem) {
        try {
            var key = (RSAPrivateCrtKey) KeyUtils.decodePrivateKey(pem);
            privateKey = key;
            publicKey = new RsaJsonWebKey(new RsaKeyUtil().publicKey(key.getModulus(), key.getPublicExponent()));
        } catch (GeneralSecurityException | JoseException | IllegalArgumentException e) {
            throw new IllegalStateException("The signing key is not a PKCS#8 PEM of an RSA key", e);
        }
        publicKey.setUse("sig");
        publicKey.setAlgorithm("RS256");
        publicKey.setKeyId(publicKey.calculateBase64urlEncodedThumbprint("SHA-256"));
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    /** Returns the key's thumbprint (RFC 7638), so that a changed key always has another id. */
    public String keyId() {
        return publicKey.getKeyId();
    }

    /** Returns a key for another purpose, from which nobody can tell this one. */
    public byte[] derived(String purpose) {
        return DigestUtils.updateDigest(DigestUtils.getSha256Digest(), purpose).digest(privateKey.getEncoded());
    }

    /** Returns the public half as a JSON Web Key (RFC 7517). */
    Map<String, String> publicJwk() {
        return publicKey.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }
}
