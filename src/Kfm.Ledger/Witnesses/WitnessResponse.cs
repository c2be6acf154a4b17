namespace Kfm.Ledger.Witnesses;

/// <summary>What a witness answers to add-checkpoint (C2SP tlog-witness).</summary>
/// <param name="Status">
/// The HTTP status: 200 cosigned; 400 not a request; 403 no trusted key of the log signed; 404 unknown log; 409 another size is the latest;
/// 422 not consistent with the latest.
/// </param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">Signature lines (200), the latest size and a newline (409), else what is wrong, for people.</param>
public sealed record WitnessResponse(int Status, string ContentType, string Body)
{
    /// <summary>The media type of the body of a conflict.</summary>
    public const string SizeType = "text/x.tlog.size";

    internal static WitnessResponse Of(int status, string body) => new(status, "text/plain; charset=utf-8", body);
}
