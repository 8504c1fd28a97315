package local.kinesis;

import local.http.RequestFault;

/** An error answer of the service: HTTP status, error type and message. */
final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;

    private ServiceException(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static ServiceException unknownOperation() {
        return new ServiceException(400, "UnknownOperationException", null);
    }

    static ServiceException serialization(Throwable cause) {
        var exception = new ServiceException(400, "SerializationException", null);
        exception.initCause(cause);
        return exception;
    }

    /** @param constraint what the member named by {@code path} failed to satisfy, in the service's words */
    static ServiceException validation(String path, String constraint) {
        return new ServiceException(
                400,
                "ValidationException",
                "1 validation error detected: Value at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    static ServiceException invalidArgument(String message) {
        return new ServiceException(400, "InvalidArgumentException", message);
    }

    static ServiceException resourceNotFound(String what) {
        return new ServiceException(400, "ResourceNotFoundException", what);
    }

    static ServiceException resourceInUse(String message) {
        return new ServiceException(400, "ResourceInUseException", message);
    }

    static ServiceException of(RecordError error, String message) {
        return new ServiceException(error.status(), error.code(), message);
    }

    /** The service's refusal of a call. */
    static ServiceException of(RequestFault fault) {
        return switch (fault) {
            case THROTTLED -> of(RecordError.THROTTLED, "Rate exceeded.");
            case DENIED -> new ServiceException(400, "AccessDeniedException", "Access to the resource is denied.");
            case UNAVAILABLE -> new ServiceException(503, "ServiceUnavailable", "The service is unavailable.");
            default -> of(RecordError.INTERNAL_FAILURE, "Internal service failure.");
        };
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}
