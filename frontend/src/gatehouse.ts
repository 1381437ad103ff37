// What the screens add to the pages that the server draws. Without it every page still works by links and forms.
import { openCapture } from "./capture";
import { startClock } from "./clock";
import { watchConnection } from "./connection";
import { copyRecords } from "./copy";
import { openDesk } from "./desk";
import { openDialogs } from "./dialogs";
import { openDrawer } from "./drawer";
import { guardForms } from "./forms";
import { listenForKeys } from "./keys";
import { keepLive } from "./live";
import { offerPasskeys } from "./passkeys";
import { watchSession } from "./session";
import { watchWall } from "./wall";

openDrawer();
openDialogs();
guardForms();
listenForKeys();
startClock();
watchConnection();
watchSession();
copyRecords();
keepLive();
openDesk();
openCapture();
watchWall();
offerPasskeys();
