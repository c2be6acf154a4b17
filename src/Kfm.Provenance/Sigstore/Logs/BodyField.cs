namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>What a value in the body of a log entry is, and how it is written.</summary>
internal enum BodyField
{
    /// <summary>An object or array of further values.</summary>
    None,
    Kind,
    ApiVersion,

    /// <summary>The name of the hash of the signed data, <c>sha256</c> or <c>SHA2_256</c>.</summary>
    DataAlgorithm,
    DataHex,
    DataBase64,

    /// <summary>The name of the hash of the payload.</summary>
    PayloadAlgorithm,
    PayloadHex,
    PayloadBase64,

    /// <summary>The signature in base64.</summary>
    Signature,

    /// <summary>The base64 of the signature in base64.</summary>
    NestedSignature,

    /// <summary>The base64 of a certificate or key in PEM.</summary>
    Pem,

    /// <summary>The base64 of a certificate or key in DER.</summary>
    Der,
}
