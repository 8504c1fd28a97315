package floe.graal;

import com.mysql.cj.protocol.a.NativePacketPayload;
import com.mysql.cj.protocol.a.authentication.AuthenticationOciClient;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.List;

/** Logging in to MySQL with a key of Oracle's cloud wants Oracle's SDK, which Floe does not have on a JVM either. */
@TargetClass(AuthenticationOciClient.class)
final class OciLogin {

    private OciLogin() {}

    @Substitute
    @SuppressWarnings("DoNotCallSuggester") // The one who calls it knows the method that it takes the place of.
    public boolean nextAuthenticationStep(NativePacketPayload fromServer, List<NativePacketPayload> toServer) {
        throw new UnsupportedOperationException("Floe cannot log in to MySQL by authentication_oci_client");
    }
}
