package homelab.lab;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A storage that speaks S3 and proves signatures (moto of the Python package index), as a process on this machine, with
 * the bucket homelab and the keys of tony.
 */
final class S3Process implements AutoCloseable {
    private static final String PACKAGES = "moto[server]==5.2.5";
    private static final Path VENV = Path.of("target/soak/s3-moto").toAbsolutePath();

    /** Of the calls below; whatever comes after them must be signed by somebody whom it knows. */
    private static final String UNSIGNED = "4";

    private static final String TONY = """
            import boto3, json, sys
            at = dict(endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='x', aws_secret_access_key='y')
            iam = boto3.client('iam', **at)
            iam.create_user(UserName='tony')
            key = iam.create_access_key(UserName='tony')['AccessKey']
            may = {'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}
            iam.put_user_policy(UserName='tony', PolicyName='all',
                                PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [may]}))
            boto3.client('s3', **at).create_bucket(Bucket='homelab')
            print(key['AccessKeyId'], key['SecretAccessKey'])
            """;
    private static final String SHORTER = """
            import boto3, sys
            s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1',
                              aws_access_key_id=sys.argv[2], aws_secret_access_key=sys.argv[3])
            body = s3.get_object(Bucket='homelab', Key=sys.argv[4])['Body'].read()
            s3.put_object(Bucket='homelab', Key=sys.argv[4], Body=body[:-1000])
            """;

    private final Process process;
    private final int port;
    private final List<String> keys;

    S3Process(Path log) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(VENV + "/bin/moto_server", "-p", "" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("INITIAL_NO_AUTH_ACTION_COUNT", UNSIGNED);
        process = builder.start();
        Launched.eventually("moto listens", this::listens);
        keys = List.of(python(TONY).split(" "));
    }

    /** Why it cannot be had here, or nothing. */
    static String missing() {
        if (Files.isExecutable(VENV.resolve("bin/moto_server"))) {
            return "";
        }
        Said made = Said.by(
                Duration.ofMinutes(8),
                Map.of(),
                List.of(
                        "sh",
                        "-c",
                        "python3 -m venv " + VENV + " && " + VENV + "/bin/pip install -q '" + PACKAGES + "'"));
        return made.exit() == 0 ? "" : "moto cannot be installed: " + made.out() + made.err();
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String python(String script, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(VENV + "/bin/python", "-c", script, endpoint()));
        words.addAll(List.of(more));
        return Said.by(Duration.ofMinutes(1), words.toArray(String[]::new)).ok();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    String accessKey() {
        return keys.get(0);
    }

    String secretKey() {
        return keys.get(1);
    }

    /** The last of an object is lost, as no storage would say of itself. */
    void shorten(String key) {
        python(SHORTER, accessKey(), secretKey(), key);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
