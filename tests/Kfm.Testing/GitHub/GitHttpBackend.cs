using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Kfm.Testing.GitHub;

/// <summary>Serves a bare repository by git's own CGI program, git http-backend.</summary>
internal static class GitHttpBackend
{
    private const string Prefix = "/acme/widgets.git";

    public static void Serve(HttpListenerContext context, string root, byte[] body, bool authorised)
    {
        if (!authorised)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers["WWW-Authenticate"] = "Basic realm=\"GitHub\"";
            context.Response.Close();
            return;
        }

        var url = context.Request.RawUrl![Prefix.Length..].Split('?', 2);
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in new[]
        {
            ("GIT_PROJECT_ROOT", root), ("GIT_HTTP_EXPORT_ALL", "1"), ("PATH_INFO", url[0]), ("QUERY_STRING", url.Length > 1 ? url[1] : ""),
            ("REQUEST_METHOD", context.Request.HttpMethod), ("CONTENT_TYPE", context.Request.ContentType ?? ""), ("REMOTE_USER", "test"), ("REMOTE_ADDR", "127.0.0.1"),
            ("CONTENT_LENGTH", body.Length.ToString(CultureInfo.InvariantCulture)), ("HTTP_CONTENT_ENCODING", context.Request.Headers["Content-Encoding"] ?? ""),
            ("GIT_PROTOCOL", context.Request.Headers["Git-Protocol"] ?? ""), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_COUNT", "2"), ("GIT_CONFIG_KEY_0", "safe.directory"), ("GIT_CONFIG_VALUE_0", "*"), ("GIT_CONFIG_KEY_1", "http.receivepack"), ("GIT_CONFIG_VALUE_1", "true"),
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var read = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(body);
        process.StandardInput.Close();
        read.Wait();
        process.WaitForExit();
        Send(context.Response, output.ToArray());
    }

    // RFC 3875, 6: headers, an empty line, the body.
    private static void Send(HttpListenerResponse response, byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name == "Status")
            {
                response.StatusCode = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[name] = value;
            }
        }

        var body = answer.AsSpan(end + 4);
        response.ContentLength64 = body.Length;
        response.OutputStream.Write(body);
        response.Close();
    }
}
