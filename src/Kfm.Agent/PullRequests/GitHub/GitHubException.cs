using System.Globalization;
using Kfm.Provenance;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>GitHub refused a request, could not be reached, or gave an answer that cannot be used. No header and no token stands in it.</summary>
public sealed class GitHubException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="request">The method and the path of the request, without the query; empty when no request was made.</param>
    /// <param name="status">The status of the answer, or null when there was none.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public GitHubException(string request, int? status, string message, Exception? innerException = null)
        : base(Text(request, status, message), innerException) => (Request, Status) = (request, status);

    /// <summary>The method and the path of the request, such as <c>GET /repos/o/r/pulls/7</c>; empty when no request was made.</summary>
    public string Request { get; }

    /// <summary>The status of the answer, or null when there was none.</summary>
    public int? Status { get; }

    /// <summary>Whether the same request may succeed later: no answer, or a failure of the server.</summary>
    internal bool IsPassing { get; init; }

    private static string Text(string request, int? status, string message)
    {
        var place = request.Length == 0 ? "" : " " + request;
        return status is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"GitHub{place}: status {number}: {message}")
            : $"GitHub{place}: {message}";
    }
}
