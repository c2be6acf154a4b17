using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;

return await KfmCommandLine.RunAsync(args, HostEnvironment.OfProcess());
