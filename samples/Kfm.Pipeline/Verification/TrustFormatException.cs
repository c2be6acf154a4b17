using Kfm.Provenance;

namespace Kfm.Pipeline.Verification;

/// <summary>A trust file breaks its format.</summary>
internal sealed class TrustFormatException(string message, Exception? innerException = null)
    : KfmException("trust file: " + message, innerException);
