using System.Runtime.Versioning;
using FaultLab;

[assembly: SupportedOSPlatform("linux")]

return await LabCommand.Run(args);
