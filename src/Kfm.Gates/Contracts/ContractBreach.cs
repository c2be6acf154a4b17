namespace Kfm.Gates.Contracts;

/// <summary>One place where a data set breaks its contract.</summary>
/// <param name="Row">The row from 1; the header of a CSV file does not count. 1 for a JSON file.</param>
/// <param name="Place">The column of a CSV file by its name, empty for the whole row; else the JSON pointer (RFC 6901).</param>
/// <param name="Message">What is wrong, in one line. Values are not quoted, since they may be confidential.</param>
public sealed record ContractBreach(long Row, string Place, string Message)
{
    /// <summary>The breach in one line, for a check's detail.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"row {Row}{(Place.Length == 0 ? "" : ", " + Place)}: {Message}");
}
