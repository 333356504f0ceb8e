package homelab.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signature version 4, with the sum of the body in it: a storage refuses a body that was damaged on its way. */
record Signature(String region, Credentials credentials) {
    /** The JDK writes these itself. */
    private static final Set<String> RESTRICTED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        RESTRICTED.addAll(Set.of("Host", "Content-Length"));
    }

    /** A request with all headers that it needs and no body yet. */
    HttpRequest.Builder signed(String method, URI uri, Optional<Path> body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(uri)
                .build();
        ContentStreamProvider payload = body.map(
                        file -> ContentStreamProvider.fromInputStreamSupplier(() -> opened(file)))
                .orElseGet(() -> ContentStreamProvider.fromByteArray(new byte[0]));
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(
                                credentials.accessKey().reveal(),
                                credentials.secretKey().reveal()))
                        .request(request)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
        HttpRequest.Builder built = HttpRequest.newBuilder(uri);
        signed.request().headers().forEach((name, values) -> {
            if (!RESTRICTED.contains(name)) {
                values.forEach(value -> built.header(name, value));
            }
        });
        return built;
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
